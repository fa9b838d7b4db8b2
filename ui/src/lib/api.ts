// Calls of the server's operations. Everything goes in the body of a POST: nothing about a person stands in an
// address.

export type Problem = { code: string; message: string; where: string; what_to_do: string }

export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem,
  ) {
    super(problem.message)
  }
}

const unreachable: Problem = { code: 'unreachable', message: '', where: '', what_to_do: '' }

// What happens when the session has ended: the session store sets it.
let onSignedOut = () => {}
export function whenSignedOut(run: () => void) {
  onSignedOut = run
}

async function problemOf(response: Response): Promise<ApiError> {
  const text = await response.text()
  let problem: Problem = { code: 'internal', message: text.slice(0, 200), where: '', what_to_do: '' }
  try {
    problem = { ...problem, ...JSON.parse(text) }
  } catch {
    // not from Sonae: a proxy in between
  }
  if (response.status === 401) onSignedOut()
  return new ApiError(response.status, problem)
}

async function request(path: string, init: RequestInit): Promise<Response> {
  let response: Response
  try {
    response = await fetch(path, { cache: 'no-store', credentials: 'same-origin', ...init })
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === 'AbortError') throw failure
    throw new ApiError(0, unreachable)
  }
  if (!response.ok) throw await problemOf(response)
  return response
}

const posted = (input: unknown, signal?: AbortSignal): RequestInit => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json', 'X-Sonae': '1' },
  body: JSON.stringify(input),
  signal,
})

export async function get<T>(path: string): Promise<T> {
  return (await request(path, { method: 'GET' })).json()
}

export async function call<T>(operation: string, input: object = {}, signal?: AbortSignal): Promise<T> {
  return (await request(`/api/${operation}`, posted(input, signal))).json()
}

function fileNameOf(response: Response): string {
  const written = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('Content-Disposition') ?? '')
  return written ? decodeURIComponent(written[1]!) : 'sonae'
}

async function save(response: Response) {
  const link = document.createElement('a')
  const address = URL.createObjectURL(await response.blob())
  link.href = address
  link.download = fileNameOf(response)
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

// Asks for a file and hands it to the browser to keep. Long ones come as a job; follow it, then saveJobFile.
export async function download(operation: string, input: object = {}): Promise<{ job?: string }> {
  const response = await request(`/api/${operation}`, posted(input))
  if (response.status === 202) return response.json()
  await save(response)
  return {}
}

// A file to be shown on the page.
export async function fetchFile(operation: string, input: object, signal?: AbortSignal): Promise<Blob> {
  return (await request(`/api/${operation}`, posted(input, signal))).blob()
}

export async function saveJobFile(job: string) {
  await save(await request(`/api/jobs/${job}/file`, { method: 'GET' }))
}

// Sends a file with its operation; `sent` hears how much has gone out (0 to 1). Answers what the operation
// answers, or {job}.
export function upload<T>(operation: string, file: File, input: object, sent: (part: number) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const sender = new XMLHttpRequest()
    sender.open('POST', `/api/${operation}`)
    sender.setRequestHeader('Content-Type', 'application/octet-stream')
    sender.setRequestHeader('X-Sonae', '1')
    sender.setRequestHeader('X-Sonae-File-Name', encodeURIComponent(file.name))
    sender.setRequestHeader('X-Sonae-Input', encodeURIComponent(JSON.stringify(input)))
    sender.upload.onprogress = (event) => event.lengthComputable && sent(event.loaded / event.total)
    sender.onerror = () => reject(new ApiError(0, unreachable))
    sender.onload = () => {
      if (sender.status < 300) return resolve(JSON.parse(sender.responseText) as T)
      problemOf(new Response(sender.responseText, { status: sender.status })).then(reject, reject)
    }
    sender.send(file)
  })
}
