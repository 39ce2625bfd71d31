/** One wording of a note, as it is shown. */
export type WordingView = { id: string; body: string; authorId: string | null; writtenAt: string }

export type AnswerView = WordingView & {
  on: 'review' | 'account' | 'post'
  /** Newest first. */
  earlier: readonly WordingView[]
  isNew?: boolean | undefined
}

/** A note with its answers, the oldest first. */
export type NoteView = AnswerView & { isPinned?: boolean | undefined; answers?: readonly AnswerView[] | undefined }

export type NameOf = (personId: string | null) => string

/** Pinned first, then what is new, then the newest. */
export function inOrder<Each extends NoteView>(notes: readonly Each[]): Each[] {
  const rank = ({ isPinned, isNew, answers = [] }: NoteView) =>
    isPinned ? 0 : isNew || answers.some((answer) => answer.isNew) ? 1 : 2
  return [...notes].sort((a, b) => rank(a) - rank(b) || b.writtenAt.localeCompare(a.writtenAt))
}
