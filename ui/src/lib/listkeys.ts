// Arrow keys over a list below a search box: the box keeps the focus, the list shows which row is meant.
export function moveChoice(event: KeyboardEvent, chosen: number, count: number, open: (index: number) => void): number {
  if (event.isComposing || count === 0) return chosen // the arrows belong to the kana conversion
  if (event.key === 'ArrowDown') {
    event.preventDefault()
    return Math.min(count - 1, chosen + 1)
  }
  if (event.key === 'ArrowUp') {
    event.preventDefault()
    return Math.max(0, chosen - 1)
  }
  if (event.key === 'Enter' && chosen >= 0) {
    event.preventDefault()
    open(chosen)
  }
  return chosen
}

export function later(run: () => void, milliseconds: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  return () => {
    clearTimeout(timer)
    timer = setTimeout(run, milliseconds)
  }
}
