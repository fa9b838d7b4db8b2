// An answer of the server that a page shows: asked for, asked for again, with its error; the last question wins.
import { call } from './api'

export class Ask<Answer> {
  answer = $state.raw<Answer>()
  error = $state.raw<unknown>()
  busy = $state(false)
  private last?: AbortController

  async ask(operation: string, input: object = {}): Promise<Answer | undefined> {
    this.last?.abort()
    const mine = (this.last = new AbortController())
    this.busy = true
    try {
      const answer = await call<Answer>(operation, input, mine.signal)
      if (mine !== this.last) return undefined
      this.answer = answer
      this.error = undefined
    } catch (error) {
      if (mine !== this.last) return undefined
      this.error = error
    }
    this.busy = false
    return this.answer
  }
}
