// A photograph of a form, made small enough to be kept and carried, large enough to be read.
const sides = [1600, 1400, 1200] // pixels: A4 at 1600 has about 140 to the inch, handwriting stays readable
const qualities = [0.7, 0.5]
const enough = 400_000 // bytes: a hundred forms are 40 MB on the device; the node takes up to 1 MiB

const asJpeg = (canvas: HTMLCanvasElement, quality: number) => new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', quality))

// undefined where the browser cannot open it as a picture.
export async function downscaled(file: Blob): Promise<Blob | undefined> {
  const picture = await createImageBitmap(file).catch(() => undefined)
  if (!picture) return undefined
  const canvas = document.createElement('canvas')
  let made: Blob | null = null
  for (const side of sides) {
    const scale = Math.min(1, side / Math.max(picture.width, picture.height))
    canvas.width = Math.round(picture.width * scale)
    canvas.height = Math.round(picture.height * scale)
    canvas.getContext('2d')!.drawImage(picture, 0, 0, canvas.width, canvas.height)
    for (const quality of qualities) {
      made = await asJpeg(canvas, quality)
      if (made && made.size <= enough) return made
    }
  }
  return made ?? undefined
}

export async function toBase64(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer())
  const piece = 0x8000 // String.fromCharCode takes only so many at once
  let text = ''
  for (let at = 0; at < bytes.length; at += piece) text += String.fromCharCode(...bytes.subarray(at, at + piece))
  return btoa(text)
}
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
}
