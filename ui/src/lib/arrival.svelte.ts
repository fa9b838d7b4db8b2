// Whether this server is still bringing its town back from a backup, and how far it is. An ordinary server is asked
// once; one that restores, every two seconds until all is there.
import { get } from './api'

export type PartArrival = {
  part: 'registry' | 'reception' | 'rest'
  objects: number
  objects_done: number
  bytes: number
  bytes_done: number
  arrived: boolean
  seconds: number
}
export type Arrival = { restoring: boolean; made?: string; parts: PartArrival[]; lost: number; failure?: string; compared: boolean }

const kEvery = 2000

export const arrival = $state<{ now?: Arrival; arrived: number }>({ arrived: 0 })

export async function followArrival() {
  try {
    arrival.now = await get<Arrival>('/api/restore.status')
    arrival.arrived = arrival.now.parts.filter((one) => one.arrived).length
  } catch {
    if (!arrival.now) return // not to be reached: what it was is not known, and other parts of the page say so
  }
  if (arrival.now?.restoring) setTimeout(() => void followArrival(), kEvery)
}
