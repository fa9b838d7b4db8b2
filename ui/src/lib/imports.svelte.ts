// One import as its page sees it: the file on its way, then the job, then the report.
import { t } from '../words/words.svelte'
import { ApiError } from './api'
import { beginWithFile, follow, isOver, myJobs, type Job } from './jobs'

// What the server takes (docs/web.md); told here, before half a gigabyte is sent for nothing.
const kMostBytes = 512 * 2 ** 20

export class Importing<Report> {
  sending = $state<number>() // the part of the file that has gone out
  job = $state.raw<Job<Report>>()
  error = $state.raw<unknown>()
  private unfollow = () => {}

  constructor(
    private operation: string,
    private done: (report: Report) => void = () => {},
  ) {}

  // A job that was begun before this page was opened (or reloaded) goes on to be shown.
  async resume() {
    const mine = (await myJobs()).find((job) => job.operation === this.operation)
    if (mine && !this.job) this.watch(mine as Job<Report>)
  }

  async begin(file: File, input: object) {
    this.error = undefined
    this.job = undefined
    if (file.size > kMostBytes) {
      this.error = new ApiError(413, { code: 'too_large', message: t('file.too_large'), where: file.name, what_to_do: '' })
      return
    }
    this.sending = 0
    try {
      const job = await beginWithFile(this.operation, file, input, (part) => (this.sending = part))
      this.unfollow()
      this.unfollow = follow(job, (state) => this.take(state as Job<Report>))
    } catch (error) {
      this.error = error
      this.sending = undefined
    }
  }

  get busy() {
    return this.sending !== undefined || (this.job !== undefined && !isOver(this.job))
  }
  get report() {
    return this.job?.state === 'done' ? this.job.answer : undefined
  }

  private watch(job: Job<Report>) {
    this.job = job
    if (!isOver(job)) this.unfollow = follow(job.job, (state) => this.take(state as Job<Report>))
  }
  private take(job: Job<Report>) {
    this.sending = undefined
    this.job = job
    if (job.state === 'done' && job.answer) this.done(job.answer)
  }
  leave() {
    this.unfollow()
  }
}
