// The words of what is on paper: evacuee cards, numbered forms and their photographs.
export const papersJa = {
  'nav.papers': '紙の用意',
  'papers.title': '紙の用意',
  'papers.cards': '避難者カード',
  'papers.tongue': '日本語と並べることば',
  'cards.about': '世帯ごとのカードを前もって配ります。QR コードと番号は鍵付きのハッシュで、拾った人には何も分かりません。受付の端末がネットワークなしで世帯を開きます。支援措置の方は載りません。本人の証明にはなりません。',
  'cards.address': '住所の一部（空欄は全世帯）',
  'cards.make': 'カードを作る',
  'cards.print': '印刷（A4 {sheets} 枚）',
  'cards.others': 'ほか {others} 人',
  'cards.none': 'あてはまる世帯がありません',
}

export const papersEn: Record<keyof typeof papersJa, string> = {
  'nav.papers': 'Papers',
  'papers.title': 'Papers',
  'papers.cards': 'Evacuee cards',
  'papers.tongue': 'Language beside the Japanese',
  'cards.about': 'Cards for households, handed out beforehand. Code and number are a keyed hash: they tell nothing to whoever finds one. A device at the door opens the household by it without a network. Protected persons stand on none. A card proves nobody’s identity.',
  'cards.address': 'Part of the address (empty: all households)',
  'cards.make': 'Make cards',
  'cards.print': 'Print ({sheets} sheets of A4)',
  'cards.others': 'and {others} more',
  'cards.none': 'There is no such household',
}
