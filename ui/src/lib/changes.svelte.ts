// What has changed in the town since the page was opened, by kind: pages ask again when a kind of theirs moves.
// One stream for each page that is in view; a hidden tab holds no connection.
const counters = $state<Record<string, number>>({})
export const live = $state({ connected: false })

let events: EventSource | undefined

function listen() {
  if (events || document.hidden) return
  events = new EventSource('/api/changes')
  events.addEventListener('hello', () => {
    // Whatever happened while nobody listened is not known by kind.
    if (!live.connected) for (const kind of Object.keys(counters)) counters[kind]! += 1
    live.connected = true
  })
  events.addEventListener('changes', (event) => {
    const { kinds } = JSON.parse((event as MessageEvent<string>).data) as { kinds: string[] }
    for (const kind of kinds) counters[kind] = (counters[kind] ?? 0) + 1
  })
  events.onerror = () => {
    live.connected = false
  }
}

function rest() {
  events?.close()
  events = undefined
  live.connected = false
}

export function follow() {
  listen()
  const turn = () => (document.hidden ? rest() : listen())
  document.addEventListener('visibilitychange', turn)
  return () => {
    document.removeEventListener('visibilitychange', turn)
    rest()
  }
}

// Reading this in an effect makes the effect run again whenever one of the kinds changes.
export function changesOf(...kinds: string[]): number {
  let sum = 0
  for (const kind of kinds) {
    counters[kind] ??= 0
    sum += counters[kind]
  }
  return sum
}
