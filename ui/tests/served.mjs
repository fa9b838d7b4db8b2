// The program serving a town on a free port of 127.0.0.1.
import { spawn } from 'node:child_process'

export function serve(program, town, env) {
  const server = spawn(program, ['serve', town, '--listen', '127.0.0.1:0'], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  return new Promise((found, failed) => {
    let said = ''
    server.stdout.on('data', (piece) => {
      said += piece
      const address = /http:\/\/[\d.]+:\d+/.exec(said)
      if (address) found({ server, address: address[0] })
    })
    server.on('exit', (code) => failed(new Error(`sonae serve ended with ${code}: ${said}`)))
  })
}
