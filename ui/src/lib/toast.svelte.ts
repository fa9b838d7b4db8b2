// One short message at the foot of the page, with a way to undo what it tells of.
export type Toast = { text: string; undo?: { label: string; run: () => void } }

export const toast = $state<{ now?: Toast }>({})
let timer: ReturnType<typeof setTimeout> | undefined

export function say(what: Toast, seconds = 8) {
  toast.now = what
  clearTimeout(timer)
  timer = setTimeout(() => (toast.now = undefined), seconds * 1000)
}
