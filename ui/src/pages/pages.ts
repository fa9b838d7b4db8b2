// The pages by the first part of their place; each is loaded when it is first opened.
import type { Component } from 'svelte'
import Password from './Password.svelte'

// Some pages take the parts of their place, some do not.
type Loaded = Promise<{ default: Component<any> }>

export const pages: Record<string, () => Loaded> = {
  '': () => import('./Overview.svelte'),
  door: () => import('../door/Door.svelte'),
  import: () => import('./Import.svelte'),
  papers: () => import('./Papers.svelte'),
  roster: () => import('./Roster.svelte'),
  resident: () => import('./Resident.svelte'),
  entry: () => import('./Entry.svelte'),
  sheet: () => import('./Sheet.svelte'),
  shelters: () => import('./Shelters.svelte'),
  headquarters: () => import('./Headquarters.svelte'),
  review: () => import('./Review.svelte'),
  unconfirmed: () => import('./Unconfirmed.svelte'),
  calls: () => import('./CallDesk.svelte'),
  inquiries: () => import('./Inquiries.svelte'),
  exchange: () => import('./Exchange.svelte'),
  nodes: () => import('./Nodes.svelte'),
  backup: () => import('./Backup.svelte'),
  looks: () => import('./Looks.svelte'),
  erasures: () => import('./Erasures.svelte'),
  accounts: () => import('./Accounts.svelte'),
  password: async () => ({ default: Password }),
}
