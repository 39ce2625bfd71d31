import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { listReaders, lookAtNotes, type Note, type NotePlace, pinNote } from '#shared/contract/notes.ts'
import { ApiError, call, errorCode } from './call.ts'

type Subject = { on: NotePlace; id: string }

/** Who may be mentioned there. */
export const readersQuery = ({ on, id }: Subject) =>
  queryOptions({
    queryKey: ['readers', on, id],
    queryFn: ({ signal }) => call(listReaders, { query: { on, id }, signal }),
    select: ({ items }) => items,
    staleTime: 60_000,
  })

/** Lets a note stand first, or no more; what shows notes is read again. */
export function usePinNote() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: Subject & { noteId: string | null }) =>
      call(pinNote, { body: { ...body, clientId: crypto.randomUUID() } }),
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: ['review'], type: 'active' }),
        queryClient.invalidateQueries({ queryKey: ['account'], type: 'active' }),
      ]),
  })
}

/** Milliseconds that notes are on the screen before they count as seen. */
const seenMs = 2_000

/** Says that new notes were seen. They stay marked on the screen until it is read again. */
export function useLookAtNotes(subjects: readonly (Subject & { notes: readonly Note[] })[]) {
  const seen = JSON.stringify(
    subjects
      .filter(({ notes }) => notes.some(({ isNew, answers = [] }) => isNew || answers.some((each) => each.isNew)))
      .map(({ on, id }) => ({ on, id })),
  )
  useEffect(() => {
    if (seen === '[]') return
    // One that fails is told again with the next look.
    const timer = setTimeout(
      () => void call(lookAtNotes, { body: { subjects: JSON.parse(seen) } }).catch(() => {}),
      seenMs,
    )
    return () => clearTimeout(timer)
  }, [seen])
}

/** Those who may not see what a note is on and are mentioned in it, by id. */
export function blindIn(err: unknown): string[] {
  if (errorCode(err) !== 'cannot_see' || !(err instanceof ApiError)) return []
  return err.body?.issues?.map(({ path }) => path) ?? []
}
