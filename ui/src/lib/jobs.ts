// Long work on the server: begun here, followed until it ends.
import { call, get, upload } from './api'
import type { Problem } from './api'

export type Job<Answer = unknown> = {
  job: string
  operation: string
  summary: { ja: string; en: string }
  state: 'waiting' | 'running' | 'done' | 'failed' | 'stopped'
  step: { ja: string; en: string }
  done: number
  total: number
  per_second: number
  began: string
  ended?: string
  file_name: string
  has_file: boolean
  answer?: Answer
  error?: Problem
}

export const isOver = (job: Job) => job.state !== 'waiting' && job.state !== 'running'
export const myJobs = async () => (await get<{ jobs: Job[] }>('/api/jobs')).jobs
export const stopJob = (job: string) => call<Job>(`jobs/${job}/stop`)

// Tells `seen` of every change until the job is over. The returned function stops following (not the job).
export function follow(job: string, seen: (job: Job) => void): () => void {
  const events = new EventSource(`/api/jobs/${job}/events`)
  let retry: ReturnType<typeof setTimeout> | undefined
  const take = (state: Job) => {
    seen(state)
    if (isOver(state)) stop()
  }
  events.addEventListener('job', (event) => take(JSON.parse((event as MessageEvent<string>).data) as Job))
  // The line broke: ask now and then until events come again.
  events.onerror = () => {
    clearTimeout(retry)
    retry = setTimeout(() => get<Job>(`/api/jobs/${job}`).then(take, () => {}), 1000)
  }
  const stop = () => {
    clearTimeout(retry)
    events.close()
  }
  return stop
}

export async function beginWithFile(operation: string, file: File, input: object, sent: (part: number) => void) {
  return (await upload<{ job: string }>(operation, file, input, sent)).job
}
