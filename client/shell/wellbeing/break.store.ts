import { useEffect, useEffectEvent } from 'react'
import { create } from 'zustand'
import { createJSONStorage, persist } from 'zustand/middleware'
import { forgetOnSignOut } from '#client/api/session.ts'
import type { Exposure } from '#shared/contract/exposure.ts'
import type { HouseCare, OwnCare } from '#shared/domain/exposure.ts'
import { type Limits, laterMs, noteUse, onDay, type Stretch, startStretch } from './breaks.ts'

type BreakState = { stretch: Stretch | null }

/** How long somebody has worked, in all tabs of this browser and over a reload. */
const useBreakStore = create<BreakState>()(
  persist((): BreakState => ({ stretch: null }), {
    name: 'docket-break',
    storage: createJSONStorage(() => localStorage),
  }),
)

forgetOnSignOut(() => useBreakStore.setState({ stretch: null }))

const signsOfUse = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchmove'] as const
/** Signs of use within this time count as one, in milliseconds. */
const gatherMs = 10_000

function change(to: (stretch: Stretch) => Stretch) {
  useBreakStore.setState(({ stretch }) => ({ stretch: stretch && to(stretch) }))
}

export const putOff = (now: number) => change((stretch) => ({ ...stretch, quietUntil: now + laterMs }))
export const rest = (now: number) => change((stretch) => ({ ...stretch, restingSince: now }))
export const takeUp = (now: number, day: string, heavy: number) => change(() => startStretch(now, day, heavy))

/** The work since the last break, while the page is used. */
export function useStretch(day: string, heavy: number): Stretch | null {
  const stretch = useBreakStore((state) => state.stretch)
  const note = useEffectEvent(() => {
    const now = Date.now()
    const known = useBreakStore.getState().stretch ?? startStretch(now, day, heavy)
    useBreakStore.setState({ stretch: noteUse(onDay(known, day), now, heavy) })
  })
  useEffect(() => {
    let notedAt = 0
    const onUse = () => {
      if (Date.now() - notedAt < gatherMs) return
      notedAt = Date.now()
      note()
    }
    onUse()
    const onOther = (event: StorageEvent) => {
      if (event.key === 'docket-break') void useBreakStore.persist.rehydrate()
    }
    addEventListener('storage', onOther)
    for (const sign of signsOfUse) addEventListener(sign, onUse, { passive: true })
    return () => {
      removeEventListener('storage', onOther)
      for (const sign of signsOfUse) removeEventListener(sign, onUse)
    }
  }, [])
  return stretch
}

/** Posts of heavy kinds decided today. */
export function heavyOf({ byKind }: Exposure, heavyKinds: readonly string[]): number {
  return byKind.reduce((sum, { kind, items }) => sum + (kind !== null && heavyKinds.includes(kind) ? items : 0), 0)
}

/** The person's own limits stand before the organisation's. */
export function limitsOf(own: OwnCare, house: HouseCare): Limits {
  return {
    isPrompted: own.isPrompted,
    minutes: own.breakMinutes ?? house.breakMinutes,
    items: own.breakItems ?? house.breakItems,
  }
}
