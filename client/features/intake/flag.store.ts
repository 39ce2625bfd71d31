import { create } from 'zustand'
import { createJSONStorage, persist } from 'zustand/middleware'
import { forgetOnSignOut } from '#client/api/session.ts'
import type { Sha256 } from '#shared/contract/media.ts'

/** A picture on its way into the flag. Its bytes are kept only until the server has them. */
export type Picture = {
  key: string
  name: string
  /** Bytes. */
  size: number
  state: 'sending' | 'kept' | 'failed'
  sha256: Sha256 | null
  /** The server's words for why it was refused; null when it could not be reached. */
  refusal: string | null
}

export type FlagDraft = {
  /** Makes the flag known to the server: sent again, it counts once. */
  id: string
  subject: 'post' | 'account'
  link: string
  platform: string
  handle: string
  caption: string
  language: string
  place: string
  clause: string | null
  reason: string
  pictures: Picture[]
}

const blank = (): FlagDraft => ({
  id: crypto.randomUUID(),
  subject: 'post',
  link: '',
  platform: '',
  handle: '',
  caption: '',
  language: '',
  place: '',
  clause: null,
  reason: '',
  pictures: [],
})

/** What was typed and not yet sent. Lives as long as the tab, through reloads and an expired session. */
export const useFlagStore = create<FlagDraft>()(
  persist(blank, {
    name: 'docket-flag',
    storage: createJSONStorage(() => sessionStorage),
    partialize: (draft) => ({ ...draft, pictures: draft.pictures.filter(({ state }) => state === 'kept') }),
  }),
)

/** Bytes of pictures that the server does not have yet, by key. */
export const waitingFiles = new Map<string, File>()

export function writeFlag(change: Partial<Omit<FlagDraft, 'id' | 'pictures'>>) {
  useFlagStore.setState(change)
}

export function putPicture(picture: Picture) {
  useFlagStore.setState(({ pictures }) => {
    const isKnown = pictures.some(({ key }) => key === picture.key)
    return {
      pictures: isKnown ? pictures.map((each) => (each.key === picture.key ? picture : each)) : [...pictures, picture],
    }
  })
}

export function dropPicture(key: string) {
  waitingFiles.delete(key)
  useFlagStore.setState(({ pictures }) => ({ pictures: pictures.filter((picture) => picture.key !== key) }))
}

export function dropFlag() {
  waitingFiles.clear()
  useFlagStore.setState(blank(), true)
}

forgetOnSignOut(dropFlag)
