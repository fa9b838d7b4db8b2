// The words of the pages in English, from the tables by room.
import { backupEn } from './backup'
import { commonEn } from './common'
import { doorEn } from './door'
import { erasureEn } from './erasure'
import { exchangeEn } from './exchange'
import { headquartersEn } from './headquarters'
import { inquiryEn } from './inquiry'
import { matchingEn } from './matching'
import { papersEn } from './papers'
import { nodesEn } from './nodes'
import { peopleEn } from './people'
import { receptionEn } from './reception'
import { registryEn } from './registry'
import { shelterEn } from './shelter'
import { subscriptionEn } from './subscription'
import { unconfirmedEn } from './unconfirmed'
import type { Key } from './words.svelte'

export const en: Record<Key, string> = {
  ...backupEn,
  ...commonEn,
  ...doorEn,
  ...erasureEn,
  ...exchangeEn,
  ...headquartersEn,
  ...inquiryEn,
  ...matchingEn,
  ...papersEn,
  ...nodesEn,
  ...peopleEn,
  ...receptionEn,
  ...registryEn,
  ...shelterEn,
  ...subscriptionEn,
  ...unconfirmedEn,
}
