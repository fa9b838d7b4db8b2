// What the specs of the door share: a device that is prepared, households of the registry, a camera that sees a code.
import { readFileSync, writeFileSync } from 'node:fs'

export const devicePassword = 'gymnasium-7'

export async function prepareDevice(browser, { shelter, room }) {
  const { page } = browser
  await browser.open('door')
  await page.getByRole('heading', { name: 'この端末を受付に使う' }).waitFor()
  await page.getByLabel('端末のパスワード').fill(devicePassword)
  await page.getByLabel('もう一度').fill(devicePassword)
  await page.getByRole('button', { name: '準備する' }).click()
  await page.getByLabel('避難所', { exact: true }).fill(shelter)
  await page.getByLabel('部屋・場所').fill(room)
  await page.getByLabel('部屋・場所').blur()
  await page.locator('#d-find').waitFor()
}
export async function openDevice(page) {
  await page.getByLabel('端末のパスワード').fill(devicePassword)
  await page.getByRole('button', { name: '開く' }).click()
  await page.locator('#d-find').waitFor()
}
export const said = (page, text) => page.getByRole('status').getByText(text).first().waitFor()

// The registry's households of so many, all of them on the device: arrays of cells, [2] the name, [5] the kana, [7] the birth date.
export function householdsOf(browser, extract, size) {
  const registry = readFileSync(browser.made.registry, 'utf8').split('\n').slice(1).map((line) => line.split(','))
  const families = new Map()
  for (const cells of registry) if (cells.length > 5) families.set(cells[1], [...(families.get(cells[1]) ?? []), cells])
  const carried = new Set(extract.rows.map((row) => row[0]))
  return [...families.values()].filter((all) => all.length === size && all.every((cells) => carried.has(cells[0])))
}

// One grey frame of YUV4MPEG2 with the code as a camera would see it; Chromium shows it again and again.
export function showToCamera(path, svg) {
  const [width, height, scale] = [640, 480, 11]
  const side = Number(/viewBox="0 0 (\d+)/.exec(svg)[1])
  const luma = Buffer.alloc(width * height, 140)
  const left = Math.floor((width - side * scale) / 2)
  const top = Math.floor((height - side * scale) / 2)
  const fill = (column, row, columns, rows, grey) => {
    for (let y = top + row * scale; y < top + (row + rows) * scale; ++y) luma.fill(grey, y * width + left + column * scale, y * width + left + (column + columns) * scale)
  }
  fill(0, 0, side, side, 230)
  for (const [, column, row, columns] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1/g)) fill(Number(column), Number(row), Number(columns), 1, 30)
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, Buffer.alloc(width * height / 2, 128)])
  writeFileSync(path, Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F5:1 Ip A1:1 C420jpeg\n`), frame, frame]))
}
