// Degrees to the flat units in which the map is drawn: hundredths of a second of latitude, longitude shortened by
// the cosine of the town's latitude. Good for a town or a prefecture.
import type { Position } from '../lib/geojson'

export type Point = { x: number; y: number }
export type Box = { x: number; y: number; w: number; h: number }

const kUnits = 10_000 // for each degree

export class Projection {
  private readonly shorter: number
  constructor(private readonly origin: Position) {
    this.shorter = Math.cos((origin[1] * Math.PI) / 180)
  }
  to([longitude, latitude]: Position): Point {
    return { x: (longitude - this.origin[0]) * this.shorter * kUnits, y: (this.origin[1] - latitude) * kUnits }
  }
  from({ x, y }: Point): Position {
    const round = (degrees: number) => Math.round(degrees * 1e6) / 1e6
    return [round(this.origin[0] + x / kUnits / this.shorter), round(this.origin[1] - y / kUnits)]
  }
  // An SVG path of rings or lines.
  path(lines: Position[][], closed: boolean): string {
    return lines
      .map((line) => {
        const points = line.map((position) => {
          const { x, y } = this.to(position)
          return `${x.toFixed(1)} ${y.toFixed(1)}`
        })
        return points.length ? `M${points.join('L')}${closed ? 'Z' : ''}` : ''
      })
      .join('')
  }
}

export function boxAround(points: Point[], margin = 0.08): Box {
  if (points.length === 0) return { x: -500, y: -500, w: 1000, h: 1000 }
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity]
  for (const { x, y } of points) {
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
  }
  const w = Math.max(right - left, 20)
  const h = Math.max(bottom - top, 20)
  return { x: left - w * margin, y: top - h * margin, w: w * (1 + 2 * margin), h: h * (1 + 2 * margin) }
}

// The box widened so that it has the frame's shape.
export function fit(box: Box, width: number, height: number): Box {
  const shape = width / height
  if (box.w / box.h > shape) {
    const h = box.w / shape
    return { ...box, y: box.y - (h - box.h) / 2, h }
  }
  const w = box.h * shape
  return { ...box, x: box.x - (w - box.w) / 2, w }
}

export function zoomed(box: Box, factor: number, at: Point): Box {
  return { x: at.x - (at.x - box.x) * factor, y: at.y - (at.y - box.y) * factor, w: box.w * factor, h: box.h * factor }
}
