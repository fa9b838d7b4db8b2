// The words of backups, and of a town that is coming back from one.
export const backupJa = {
  'arrival.label': '控えからの復旧',
  'arrival.restoring': '控えから町を戻しています（{made} の状態）。届いたものから使えます。',
  'arrival.registry': '住民の台帳・利用者',
  'arrival.reception': '受付・名簿・判断',
  'arrival.rest': '閲覧の記録',
  'arrival.here': '届きました（{after}）',
  'arrival.meanwhile': '住民の検索がはじめに使えます。受付や判断は「受付・名簿・判断」が届いてから書けます。それまでは紙に控えてください。',
  'arrival.whole': '町はすべて戻り、失う前と同じ答えをしています（{made} の状態）。できるだけ早く控えを取ってください。',
  'arrival.lost': '戻せなかったものがあります（{count} 束）。動かしている端末の表示を見てください。',
  'arrival.failed': '復旧が途中で止まりました。sonae restore をもう一度動かすと続きから進みます。',
}

export const backupEn: Record<keyof typeof backupJa, string> = {
  'arrival.label': 'Restoring from a backup',
  'arrival.restoring': 'The town is coming back from a backup (as of {made}). What is here can be used.',
  'arrival.registry': 'Registry and accounts',
  'arrival.reception': 'Reception, lists, decisions',
  'arrival.rest': 'Record of looks',
  'arrival.here': 'here (after {after})',
  'arrival.meanwhile': 'The search for residents answers first. Receiving and deciding wait for “Reception, lists, decisions”: note them on paper until then.',
  'arrival.whole': 'All of the town is back and answers as it did before it was lost (as of {made}). Make a backup soon.',
  'arrival.lost': 'Some of it could not be brought back ({count} objects). See the terminal of the server.',
  'arrival.failed': 'Restoring stopped in the middle. Run sonae restore again: it goes on from there.',
}
