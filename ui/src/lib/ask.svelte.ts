// An answer of the server that a page shows: asked for, asked for again, with its error; the last question wins. Who
// waits for a question waits until the newest one is answered, so that what comes after sees what the page shows.
import { call } from './api'

export class Ask<Answer> {
  answer = $state.raw<Answer>()
  error = $state.raw<unknown>()
  busy = $state(false)
  private last?: AbortController
  private newest?: Promise<Answer | undefined>

  // Undefined where another question has come meanwhile.
  ask(operation: string, input: object = {}): Promise<Answer | undefined> {
    return (this.newest = this.run(operation, input))
  }
  private overtaken = async () => {
    await this.newest
    return undefined
  }
  private async run(operation: string, input: object): Promise<Answer | undefined> {
    this.last?.abort()
    const mine = (this.last = new AbortController())
    this.busy = true
    try {
      const answer = await call<Answer>(operation, input, mine.signal)
      if (mine !== this.last) return this.overtaken()
      this.answer = answer
      this.error = undefined
    } catch (error) {
      if (mine !== this.last) return this.overtaken()
      this.error = error
    }
    this.busy = false
    return this.answer
  }
}
