// Who is signed in, in which town, and what they may do.
import { call, get, whenSignedOut } from './api'

export type Session = {
  signed_in: boolean
  town: { code: string; name: string; fictional: boolean }
  person?: string
  login?: string
  name?: string
  purpose?: string
  permissions: string[]
}

export const session = $state<{ known: boolean; now: Session; ended: boolean; mustChange: boolean }>({
  known: false,
  now: { signed_in: false, town: { code: '', name: '', fictional: false }, permissions: [] },
  ended: false, // the server ended it, not the person
  mustChange: false, // the password was chosen by somebody else
})

whenSignedOut(() => {
  if (!session.now.signed_in) return
  session.now = { ...session.now, signed_in: false, permissions: [] }
  session.ended = true
})

export const may = (permission: string) => session.now.permissions.includes(permission)

export async function learn() {
  const now = await get<Session>('/api/session')
  if (now.signed_in) await learnPassword() // first, as in signIn
  session.now = now
  session.known = true
}

export async function learnPassword() {
  session.mustChange = (await call<{ must_change_password: boolean }>('access.me')).must_change_password
}

export async function signIn(login: string, password: string, purpose: string) {
  const begun = await call<Session>('sign_in', { login, password, purpose })
  await learnPassword() // first, so that no page opens before a password that must be changed
  session.now = begun
  session.ended = false
}

export async function signOut() {
  // What is on the device is sealed before anything else.
  await import('../door/device.svelte').then(({ lock }) => lock(), () => {})
  session.now = await call<Session>('sign_out')
  session.ended = false
}
