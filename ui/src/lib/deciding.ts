// A person says which resident an entry is, or that it is none, and can take it back.
import { call } from './api'
import type { Question, Resident } from './types'

export const decide = (question: Question, resident: Resident | undefined) =>
  call('matching.decide', {
    entry: question.entry.entry,
    seen: question.seen,
    ...(resident ? { resident: resident.id } : {}),
  })

export const takeBack = (entry: string) => call('matching.take_back', { entry })
