// Which rows could be meant, found without looking at each: lists of row numbers by what stands in the rows. They only
// narrow; whether a row is meant is tested afterwards (search.ts).

export class Postings {
  private readonly lists = new Map<string, number[]>()

  // Rows come in ascending order.
  add(key: string, row: number) {
    const list = this.lists.get(key)
    if (!list) this.lists.set(key, [row])
    else if (list[list.length - 1] !== row) list.push(row)
  }
  of(key: string): number[] {
    return this.lists.get(key) ?? []
  }
  // The shortest of the lists of these keys: all that have every key are in it.
  rarest(keys: Iterable<string>): number[] {
    let shortest: number[] | undefined
    for (const key of keys) {
      const list = this.of(key)
      if (!shortest || list.length < shortest.length) shortest = list
    }
    return shortest ?? []
  }
}

// All rows of the lists, ascending, each once.
export function union(lists: number[][]): number[] {
  const some = lists.filter((list) => list.length > 0)
  if (some.length < 2) return some[0] ?? []
  const all = some.flat().sort((one, other) => one - other)
  return all.filter((row, i) => row !== all[i - 1])
}
