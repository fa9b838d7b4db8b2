// The part of GeoJSON (RFC 7946) that areas and maps use: longitude before latitude.
export type Position = [number, number]
export type Ring = Position[]
export type Geometry =
  | { type: 'Polygon'; coordinates: Ring[] }
  | { type: 'MultiPolygon'; coordinates: Ring[][] }
  | { type: 'LineString'; coordinates: Position[] }
  | { type: 'MultiLineString'; coordinates: Position[][] }
  | { type: 'Point'; coordinates: Position }
export type Feature = { type: 'Feature'; geometry: Geometry; properties?: Record<string, unknown> }
export type FeatureCollection = { type: 'FeatureCollection'; features: Feature[] }

// All lines of a geometry, closed ones as polygons give them.
export function linesOf(geometry: Geometry): Ring[] {
  switch (geometry.type) {
    case 'Polygon': return geometry.coordinates
    case 'MultiPolygon': return geometry.coordinates.flat()
    case 'LineString': return [geometry.coordinates]
    case 'MultiLineString': return geometry.coordinates
    case 'Point': return []
  }
}

// The polygons of a GeoJSON file of any form, as one geometry; undefined where there are none.
export function polygonsOf(file: unknown): Geometry | undefined {
  const polygons: Ring[][] = []
  const visit = (node: unknown) => {
    if (typeof node !== 'object' || node === null) return
    const one = node as { type?: string; features?: unknown[]; geometry?: unknown; geometries?: unknown[]; coordinates?: unknown }
    if (one.type === 'FeatureCollection') one.features?.forEach(visit)
    else if (one.type === 'Feature') visit(one.geometry)
    else if (one.type === 'GeometryCollection') one.geometries?.forEach(visit)
    else if (one.type === 'Polygon') polygons.push(one.coordinates as Ring[])
    else if (one.type === 'MultiPolygon') polygons.push(...(one.coordinates as Ring[][]))
  }
  visit(file)
  if (polygons.length === 0) return undefined
  return polygons.length === 1
    ? { type: 'Polygon', coordinates: polygons[0]! }
    : { type: 'MultiPolygon', coordinates: polygons }
}
