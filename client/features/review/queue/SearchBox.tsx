import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch, IconX } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { KeyCap } from '#client/ui/Kbd.tsx'
import { TopBarSlot } from '#client/ui/page.tsx'
import { useKeys } from '#client/ui/use-keys.ts'
import { type QueueSearch, withFilter } from '../queue.search.ts'
import css from './SearchBox.module.css'

/** Milliseconds without a stroke after which the list is asked. */
const restMs = 300

/** Words in captions, names and notes, an id or a pasted link: narrows the list, with every other filter. */
export function SearchBox({ search }: { search: QueueSearch }) {
  const { t } = useTranslation('queue')
  const navigate = useNavigate()
  const field = useRef<HTMLInputElement>(null)
  const { text, setText, write, flush } = useText(search, (q) =>
    navigate({ to: '/queue', search: withFilter(search, 'q', q), replace: true }),
  )
  useKeys({
    filter: () => {
      field.current?.focus()
      field.current?.select()
    },
  })
  function type(value: string) {
    setText(value)
    write(value)
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      flush()
      // The keys of the list take over: the row under the cursor is one Enter away.
      field.current?.blur()
    }
    if (event.key !== 'Escape' || text === '') return
    // The first Escape clears the field, the second leaves it.
    event.preventDefault()
    type('')
    flush()
  }
  return (
    <TopBarSlot at="centre">
      <search className={css.search}>
        <IconSearch size={15} className="t3" aria-hidden />
        <input
          ref={field}
          type="search"
          dir="auto"
          enterKeyHint="search"
          autoComplete="off"
          spellCheck={false}
          maxLength={300}
          aria-label={t('search.label')}
          placeholder={t('search.hint')}
          value={text}
          onChange={(event) => type(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        {text === '' ? (
          <KeyCap action="filter" />
        ) : (
          <button
            type="button"
            aria-label={t('search.clear')}
            onClick={() => {
              type('')
              flush()
              field.current?.focus()
            }}
          >
            <IconX size={13} aria-hidden />
          </button>
        )}
      </search>
    </TopBarSlot>
  )
}

/**
 * What the address says for a text: whoever types has not finished the last word, and words have endings, so its
 * beginning is searched for. In quotes it is taken as it stands, as are ids, links and whatever has a figure in it.
 */
export function toQ(text: string): string | undefined {
  const plain = text.trim()
  const isQuoted = (plain.match(/["“”„«»]/g)?.length ?? 0) % 2 === 1
  const isWord = /(^|[\s"])[\p{L}\p{M}’'-]+$/u.test(plain)
  return (isWord && !isQuoted ? `${plain}*` : plain) || undefined
}

const toText = (q: string | undefined) => q?.replace(/\*$/, '') ?? ''

/** The text as it is typed; the address follows when the hand rests, and leads when it was changed elsewhere. */
function useText({ q }: QueueSearch, go: (q: string | undefined) => void) {
  const [text, setText] = useState(toText(q))
  const [seen, setSeen] = useState(q)
  const [written, setWritten] = useState(q)
  if (q !== seen) {
    setSeen(q)
    if (q !== written) setText(toText(q))
  }
  const write = useDebouncedCallback(
    (value: string) => {
      const next = toQ(value)
      setWritten(next)
      if (next !== q) go(next)
    },
    { delay: restMs, flushOnUnmount: false },
  )
  return { text, setText, write, flush: () => write.flush() }
}
