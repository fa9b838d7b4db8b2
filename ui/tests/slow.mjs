// A slow line, for finding what leans on luck: a proxy of 127.0.0.1 that holds each answer under /api back by a random
// time of up to 400 ms, so that answers overtake each other, and each message of the stream of changes likewise.
import { Agent, createServer, request } from 'node:http'

const longest = 400

// mulberry32: small and good enough to order answers.
function randomFrom(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export async function slowLine(address, seed) {
  const { hostname, port } = new URL(address)
  const random = randomFrom(seed)
  const hold = () => new Promise((next) => setTimeout(next, random() * longest))
  const agent = new Agent({ keepAlive: true })
  const carry = async (said, held, answer) => {
    if (held) await hold()
    answer.writeHead(said.statusCode, said.headers)
    answer.flushHeaders()
    const stream = held && said.headers['content-type']?.startsWith('text/event-stream')
    for await (const piece of said) {
      if (stream) await hold()
      answer.write(piece)
    }
    answer.end()
  }
  const proxy = createServer((asked, answer) => {
    const lost = () => answer.destroy()
    const passed = request({ hostname, port, agent, path: asked.url, method: asked.method, headers: asked.headers }, (said) => {
      carry(said, asked.url.startsWith('/api/'), answer).catch(lost)
    })
    passed.on('error', lost)
    answer.on('close', () => passed.destroy())
    asked.pipe(passed)
  })
  await new Promise((ready) => proxy.listen(0, '127.0.0.1', ready))
  return {
    address: `http://127.0.0.1:${proxy.address().port}`,
    close() {
      proxy.closeAllConnections()
      proxy.close()
      agent.destroy()
    },
  }
}
