// Which page is open. The place stands after the "#", which browsers never send to a server: an id of a
// resident in it reaches no log.
const read = () => location.hash.replace(/^#\/?/, '').split('/').map(decodeURIComponent)

export const route = $state<{ parts: string[] }>({ parts: read() })

addEventListener('hashchange', () => {
  route.parts = read()
})

export const link = (...parts: string[]) => '#/' + parts.map(encodeURIComponent).join('/')
export const go = (...parts: string[]) => {
  location.hash = link(...parts)
}
export const page = () => route.parts[0] ?? ''
export const rest = () => route.parts.slice(1)
