// Arrow keys between a search box and the links below it: Down goes into the list, Up comes back, Enter in the box
// opens the first. Links inside `list` that carry data-pick take part.
export function arrowKeys(event: KeyboardEvent, box: HTMLInputElement, list: HTMLElement | undefined) {
  if (event.isComposing || !list) return // the arrows belong to the kana conversion
  const links = [...list.querySelectorAll<HTMLAnchorElement>('a[data-pick]')]
  const here = links.indexOf(document.activeElement as HTMLAnchorElement)
  if (event.key === 'ArrowDown') links[Math.min(links.length - 1, here + 1)]?.focus()
  else if (event.key === 'ArrowUp' && here >= 0) (here === 0 ? box : links[here - 1])?.focus()
  else if (event.key === 'Enter' && here < 0) links[0]?.click()
  else return
  event.preventDefault()
}

export function later(run: () => void, milliseconds: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  return () => {
    clearTimeout(timer)
    timer = setTimeout(run, milliseconds)
  }
}
