// Ids that the device mints: 16 random bytes, written as RFC 4648 base32 in lower case without padding, as the server does.
const letters = 'abcdefghijklmnopqrstuvwxyz234567'

export function mint(): string {
  let bits = 0
  let held = 0
  let text = ''
  for (const byte of crypto.getRandomValues(new Uint8Array(16))) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += letters[(held >> bits) & 31]
    }
    held &= (1 << bits) - 1
  }
  return text + letters[(held << (5 - bits)) & 31]
}
