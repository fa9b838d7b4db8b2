// The words of the pages in Japanese, from the tables by room: they say which keys there are.
import { backupJa } from './backup'
import { commonJa } from './common'
import { doorJa } from './door'
import { erasureJa } from './erasure'
import { exchangeJa } from './exchange'
import { headquartersJa } from './headquarters'
import { inquiryJa } from './inquiry'
import { matchingJa } from './matching'
import { papersJa } from './papers'
import { nodesJa } from './nodes'
import { peopleJa } from './people'
import { receptionJa } from './reception'
import { registryJa } from './registry'
import { shelterJa } from './shelter'
import { subscriptionJa } from './subscription'
import { unconfirmedJa } from './unconfirmed'

export const ja = {
  ...backupJa,
  ...commonJa,
  ...doorJa,
  ...erasureJa,
  ...exchangeJa,
  ...headquartersJa,
  ...inquiryJa,
  ...matchingJa,
  ...papersJa,
  ...nodesJa,
  ...peopleJa,
  ...receptionJa,
  ...registryJa,
  ...shelterJa,
  ...subscriptionJa,
  ...unconfirmedJa,
}
