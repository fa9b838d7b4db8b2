// A person says which resident an entry is, or that it is none, and can take it back.
import { call } from './api'
import type { Candidate, Question } from './types'

export const decide = (question: Question, candidate: Candidate | undefined) =>
  call('matching.decide', {
    entry: question.entry.entry,
    seen: question.seen,
    ...(candidate ? { resident: candidate.resident } : {}),
  })

export const takeBack = (entry: string) => call('matching.take_back', { entry })
