import { create } from 'zustand'

/** Whether what cannot be seen is drawn: in every text, until the person turns it off again. */
export const useHiddenShown = create(() => ({ isShown: false }))

export function showHidden(isShown: boolean) {
  useHiddenShown.setState({ isShown })
}
