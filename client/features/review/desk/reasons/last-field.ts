import { create } from 'zustand'
import type { ReasonUse } from '#shared/contract/reasons.ts'

/** The field that was written in last: canned reasons go there. */
export const useLastField = create<{ field: ReasonUse }>(() => ({ field: 'rationale' }))

export const writesIn = (field: ReasonUse) => useLastField.setState({ field })
