// What the device keeps, and how: in IndexedDB, sealed with a key that only the device's password opens (AES-GCM under
// a random key, which PBKDF2 wraps). The opened key lives in memory alone: after a reload, a crash or signing out nothing
// on the device can be read without the password.
import { Dexie, type EntityTable } from 'dexie'

export type Sealed = { nonce: Uint8Array<ArrayBuffer>; bytes: ArrayBuffer }
type Kept = { name: 'key' | 'extract' | 'settings' | 'learnt'; sealed: Sealed; salt?: Uint8Array<ArrayBuffer> }
export type OutboxRow = { id: string; made: number; sent: 0 | 1; sealed: Sealed }

const rounds = 600_000 // OWASP's figure of 2023 for PBKDF2-HMAC-SHA256

class DoorDatabase extends Dexie {
  kept!: EntityTable<Kept, 'name'>
  outbox!: EntityTable<OutboxRow, 'id'>

  constructor() {
    // strict: a write counts as done when it is on the disk, not when the system has promised it.
    super('sonae-door', { chromeTransactionDurability: 'strict' })
    this.version(1).stores({ kept: 'name', outbox: 'id, made, sent' })
  }
}
export const database = new DoorDatabase()

let key: CryptoKey | undefined

const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))

async function wrapping(password: string, salt: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const secret = await crypto.subtle.importKey('raw', new TextEncoder().encode(password.normalize('NFKC')), 'PBKDF2', false, ['deriveKey'])
  return crypto.subtle.deriveKey({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds }, secret, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}

async function sealWith(by: CryptoKey, bytes: BufferSource): Promise<Sealed> {
  const nonce = crypto.getRandomValues(new Uint8Array(12))
  return { nonce, bytes: await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce }, by, bytes) }
}

export const isPrepared = async () => (await database.kept.get('key')) !== undefined
export const isOpen = () => key !== undefined

const imported = (raw: BufferSource) => crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])

// Makes the device's key. What was kept under an older one can no longer be read, and is removed.
export async function prepare(password: string) {
  const raw = crypto.getRandomValues(new Uint8Array(32))
  const salt = crypto.getRandomValues(new Uint8Array(16))
  const sealed = await sealWith(await wrapping(password, salt), raw)
  await database.transaction('rw', database.kept, database.outbox, async () => {
    await database.kept.clear()
    await database.outbox.clear()
    await database.kept.put({ name: 'key', sealed, salt })
  })
  key = await imported(raw)
  raw.fill(0)
}

// Whether the password is the device's.
export async function open(password: string): Promise<boolean> {
  const kept = await database.kept.get('key')
  if (!kept?.salt) return false
  try {
    const raw = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: kept.sealed.nonce }, await wrapping(password, kept.salt), kept.sealed.bytes)
    key = await imported(raw)
    return true
  } catch {
    return false
  }
}

export function close() {
  key = undefined
}

// Everything goes: the extract, the settings and the key. Only where nothing waits to be sent.
export async function forget() {
  close()
  await database.transaction('rw', database.kept, database.outbox, async () => {
    await database.kept.clear()
    await database.outbox.clear()
  })
}

export async function seal(value: unknown): Promise<Sealed> {
  if (!key) throw new Error('the device is locked')
  return sealWith(key, bytesOf(value))
}
export async function unseal<T>(sealed: Sealed): Promise<T> {
  if (!key) throw new Error('the device is locked')
  return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: sealed.nonce }, key, sealed.bytes))) as T
}

export async function keep(name: 'extract' | 'settings' | 'learnt', value: unknown) {
  await database.kept.put({ name, sealed: await seal(value) })
}
export async function kept<T>(name: 'extract' | 'settings' | 'learnt'): Promise<T | undefined> {
  const row = await database.kept.get(name)
  return row && unseal<T>(row.sealed)
}
export async function drop(name: 'extract') {
  await database.kept.delete(name)
}
