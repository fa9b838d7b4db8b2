// The device at the door: whether it is prepared, opened, what it carries, for which shelter it receives.
import { call } from '../lib/api'
import { close, drop, forget, isOpen, isPrepared, keep, kept, open, prepare } from './keep'
import { learn, learnt, loadLearnt } from './learnt.svelte'
import { load, outbox, send, tidy, waiting } from './outbox.svelte'
import { recentPlaces, type Known, type Places } from './places'
import { Search, type Extract } from './search'

export type Settings = { shelter: string; room: string; shelters: string[]; needs: { code: string; name: string }[]; town: string }

export const device = $state<{ known: boolean; prepared: boolean; opened: boolean; settings: Settings; made?: string; expires?: string; residents: number }>({
  known: false, prepared: false, opened: false, residents: 0,
  settings: { shelter: '', room: '', shelters: [], needs: [], town: '' },
})

// Not a part of the state: a hundred thousand rows that nothing on the page observes.
let search: Search | undefined
let towns: Known[] = []
export const find = (typed: string) => search?.find(typed) ?? []
export const ofCard = (code: string) => search?.ofCard(code)

// Towns for completing an address, and those of the families before.
export const places = (): Places => ({ known: towns, recent: recentPlaces(outbox.items, device.settings.shelter) })

export async function learnDevice() {
  device.prepared = await isPrepared()
  device.opened = isOpen()
  device.known = true
}

function carry(extract: Extract | undefined) {
  const expired = extract !== undefined && Date.parse(extract.expires) < Date.now()
  if (expired) void drop('extract')
  const carried = expired ? undefined : extract
  search = carried && new Search(carried)
  towns = (carried?.places ?? []).map(([name = '', kana = '']) => ({ name, kana }))
  device.made = carried?.made
  device.expires = carried?.expires
  device.residents = search?.size ?? 0
}

async function begin() {
  device.settings = { ...device.settings, ...(await kept<Settings>('settings')) }
  carry(await kept<Extract>('extract'))
  await load()
  await loadLearnt()
  device.prepared = device.opened = true
  void tidy()
  void sendAndLearn(true)
}

async function sendAndLearn(now = false) {
  await send()
  await learn(now)
}

// With a network and signed in: takes the residents, shelters and words along.
export async function fetchAlong(town: string) {
  const [extract, shelters, words] = await Promise.all([
    call<Extract>('registry.door_extract'),
    call<{ shelters: { name: string }[] }>('reception.shelters'),
    call<{ needs: { code: string; name: string }[] }>('reception.needs'),
  ])
  await keep('extract', extract)
  await saveSettings({ ...device.settings, town, shelters: shelters.shelters.map((one) => one.name), needs: words.needs })
  carry(extract)
  void learn(true)
}

export async function saveSettings(settings: Settings) {
  device.settings = settings
  await keep('settings', $state.snapshot(settings))
}

// The pages themselves must be on the device before anybody carries it out of the network's reach.
async function pagesKept() {
  const coming = (await navigator.serviceWorker?.getRegistration())?.installing
  if (!coming) return
  await new Promise<void>((over) => coming.addEventListener('statechange', () => over()))
}

export async function prepareDevice(password: string, town: string) {
  await prepare(password)
  await fetchAlong(town)
  await pagesKept()
  // Browsers may clear what they hold for a page that was not used for days; ask to be spared.
  await navigator.storage?.persist?.()
  await begin()
}

export async function openDevice(password: string): Promise<boolean> {
  if (!(await open(password))) return false
  await begin()
  return true
}

export function lock() {
  close()
  search = undefined
  towns = []
  outbox.items = []
  learnt.of = {}
  device.opened = false
}

export async function forgetDevice() {
  if (waiting().length > 0) return
  lock()
  await forget()
  device.prepared = false
}

addEventListener('online', () => void sendAndLearn(true))
setInterval(() => void sendAndLearn(), 20_000)
