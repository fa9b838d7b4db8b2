// Reading QR codes off a picture: with the browser's own reader where it has one, else with a library that is loaded only
// now.
export type Picture = HTMLVideoElement | ImageBitmap
export type Reader = (picture: Picture) => Promise<string | undefined>
type Detector = { detect: (picture: Picture) => Promise<{ rawValue: string }[]> }
type Detectors = { new (options: { formats: string[] }): Detector; getSupportedFormats: () => Promise<string[]> }

const sizeOf = (picture: Picture) => (picture instanceof ImageBitmap ? [picture.width, picture.height] : [picture.videoWidth, picture.videoHeight]) as [number, number]

async function ofBrowser(): Promise<Reader | undefined> {
  const detectors = (globalThis as { BarcodeDetector?: Detectors }).BarcodeDetector
  if (!detectors || !(await detectors.getSupportedFormats().catch(() => [] as string[])).includes('qr_code')) return undefined
  const detector = new detectors({ formats: ['qr_code'] })
  return async (picture) => (await detector.detect(picture))[0]?.rawValue
}
async function ofLibrary(widest: number): Promise<Reader> {
  const { default: decode } = await import('qr/decode.js')
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d', { willReadFrequently: true })!
  return async (picture) => {
    const [width, height] = sizeOf(picture)
    const scale = Math.min(1, widest / Math.max(width, height))
    canvas.width = Math.round(width * scale)
    canvas.height = Math.round(height * scale)
    context.drawImage(picture, 0, 0, canvas.width, canvas.height)
    try {
      return decode(context.getImageData(0, 0, canvas.width, canvas.height))
    } catch {
      return undefined // no code in this picture
    }
  }
}

// `widest`: to how many pixels a picture is made smaller before the library looks at it.
export const codeReader = async (widest: number): Promise<Reader> => (await ofBrowser()) ?? (await ofLibrary(widest))
