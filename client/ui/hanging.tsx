import { type FocusEvent, lazy, type PointerEvent, type ReactNode, Suspense, useId, useRef, useState } from 'react'
import type { Placing } from './Hung.tsx'

/** The machinery of everything that floats is fetched when a hand comes near, not with the page. */
const load = () => import('./Hung.tsx')
const HungMenu = lazy(async () => ({ default: (await load()).HungMenu }))
const HungBox = lazy(async () => ({ default: (await load()).HungBox }))
const HungHint = lazy(async () => ({ default: (await load()).HungHint }))
const HungCard = lazy(async () => ({ default: (await load()).HungCard }))

type Options = Placing & {
  /** Fetches what will hang there as well, if that comes with a module of its own. */
  warm?: () => unknown
  /** Where somebody else says whether it is open. */
  isOpen?: boolean
  onOpen?: (isOpen: boolean) => void
}

/**
 * Something that opens under a button: `target` goes onto the button, which is on the page all the time; `hang` draws
 * what hangs on it, once it was opened.
 */
function useHanging(kind: 'menu' | 'dialog', { warm, isOpen: given, onOpen, ...placing }: Options) {
  const id = useId()
  const [element, setElement] = useState<HTMLElement | null>(null)
  const [own, setOwn] = useState(false)
  const [wasOpen, setWasOpen] = useState(false)
  const isOpen = given ?? own
  if (isOpen && !wasOpen) setWasOpen(true)
  const Hung = kind === 'menu' ? HungMenu : HungBox

  function setOpen(next: boolean) {
    setOwn(next)
    onOpen?.(next)
  }
  function near() {
    void load()
    warm?.()
  }
  const target = {
    ref: setElement,
    id: `${id}-target`,
    'aria-haspopup': kind,
    'aria-expanded': isOpen,
    'aria-controls': isOpen ? `${id}-dropdown` : undefined,
    onClick: () => setOpen(!isOpen),
    onPointerEnter: near,
    onFocus: near,
  } as const
  /** `name` is for a box; a menu is named by its button. */
  function hang(children: ReactNode, name?: string) {
    if (!wasOpen || !element) return null
    return (
      <Suspense fallback={null}>
        <Hung {...{ id, on: element, isOpen, onOpen: setOpen, name }} {...placing}>
          {children}
        </Hung>
      </Suspense>
    )
  }
  return { target, hang, isOpen, setOpen }
}

/** A menu: its entries are the kit's `Menu.Item`s, which come with a lazy part of their own. */
export const useMenu = (options: Options = {}) => useHanging('menu', options)

/** A box with fields or ticks, which holds the focus while it is open. */
export const useBox = (options: Options = {}) => useHanging('dialog', options)

/** Milliseconds the pointer rests before something is shown that nobody asked for. */
const restMs = { hint: 250, card: 150 }

/** What shows itself while the pointer or the focus is on something. Focus shows it at once. */
function useShown(kind: keyof typeof restMs) {
  const [element, setElement] = useState<HTMLElement | null>(null)
  const wait = useRef<ReturnType<typeof setTimeout>>(undefined)
  function hide() {
    clearTimeout(wait.current)
    setElement(null)
  }
  const over = {
    onPointerEnter: ({ currentTarget, pointerType }: PointerEvent<HTMLElement>) => {
      if (pointerType === 'touch') return
      void load()
      clearTimeout(wait.current)
      wait.current = setTimeout(() => setElement(currentTarget), restMs[kind])
    },
    onPointerLeave: hide,
    onPointerDown: hide,
    onFocus: ({ currentTarget }: FocusEvent<HTMLElement>) => {
      if (currentTarget.matches(':focus-visible')) setElement(currentTarget)
    },
    onBlur: hide,
  }
  return { over, element, hide }
}

/** A few words beside a button that shows a picture only; its name says the same to those who do not see it. */
export function useHint(label: ReactNode, { position = 'bottom' }: Pick<Placing, 'position'> = {}) {
  const { over, element } = useShown('hint')
  const hint = element ? (
    <Suspense fallback={null}>
      <HungHint on={element} label={label} position={position} />
    </Suspense>
  ) : null
  return { over, hint }
}

/** More than a few words, on hover or focus. */
export function useCard(children: () => ReactNode, placing: Placing) {
  const { over, element, hide } = useShown('card')
  const id = useId()
  const card = element ? (
    <Suspense fallback={null}>
      <HungCard {...{ id, on: element }} onClose={hide} {...placing}>
        {children()}
      </HungCard>
    </Suspense>
  ) : null
  return { over: { ...over, 'aria-describedby': element ? `${id}-dropdown` : undefined }, card }
}
