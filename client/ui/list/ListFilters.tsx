import { Menu, Popover, Radio, Stack, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Choice, ChoiceList } from '../ChoiceList.tsx'
import { AddFilter, FilterChip } from '../FilterChip.tsx'
import { useFormat } from '../format.ts'
import { MomentFields } from '../MomentFields.tsx'
import { useKeys } from '../use-keys.ts'
import css from './list.module.css'

type Ends = { from?: string; to?: string }

/** One filter: of values to tick, of a span of time, of one choice, or given with a link and only to be dropped. */
export type ListFilter = { name: string; label: string } & (
  | { kind: 'values'; choices: readonly Choice[]; chosen: readonly string[]; onChange: (chosen: string[]) => void }
  | {
      kind: 'one'
      choices: readonly Choice[]
      chosen: string | undefined
      onChange: (chosen: string | undefined) => void
    }
  | ({ kind: 'time'; onChange: (ends: Ends) => void } & Ends)
  | { kind: 'given'; value: string | undefined; onChange: (value: undefined) => void }
)

/** The filters in force as chips, and the way to add one. */
export function ListFilters({ filters }: { filters: readonly ListFilter[] }) {
  const { t } = useTranslation('list')
  const [open, setOpen] = useState<string | null>(null)
  const adder = useRef<HTMLButtonElement>(null)
  useKeys({ addFilter: () => adder.current?.click() })
  const shown = filters.filter((filter) => isInForce(filter) || filter.name === open)
  const left = filters.filter((filter) => filter.kind !== 'given' && !shown.includes(filter))
  return (
    <>
      {shown.map((filter) => (
        <Chip
          key={filter.name}
          filter={filter}
          isOpen={filter.name === open}
          onOpen={(isOpen) => setOpen(isOpen ? filter.name : null)}
        />
      ))}
      {left.length > 0 ? (
        <Menu position="bottom-start" width={180}>
          <Menu.Target>
            <AddFilter ref={adder} />
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>{t('filterBy')}</Menu.Label>
            {left.map(({ name, label }) => (
              <Menu.Item key={name} onClick={() => setOpen(name)}>
                {label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      ) : null}
    </>
  )
}

function isInForce(filter: ListFilter): boolean {
  if (filter.kind === 'values') return filter.chosen.length > 0
  if (filter.kind === 'one') return filter.chosen !== undefined
  if (filter.kind === 'given') return filter.value !== undefined
  return filter.from !== undefined || filter.to !== undefined
}

type ChipProps = { filter: ListFilter; isOpen: boolean; onOpen: (isOpen: boolean) => void }

function Chip({ filter, isOpen, onOpen }: ChipProps) {
  const summary = useSummary(filter)
  const onRemove = isInForce(filter) ? () => clear(filter) : undefined
  if (filter.kind === 'given') return <FilterChip name={filter.label} value={summary} onRemove={onRemove} isFixed />
  return (
    <Popover opened={isOpen} onChange={onOpen} position="bottom-start" trapFocus returnFocus hideDetached={false}>
      <Popover.Target>
        <FilterChip
          name={filter.label}
          value={summary}
          aria-expanded={isOpen}
          onClick={() => onOpen(!isOpen)}
          onRemove={onRemove}
        />
      </Popover.Target>
      <Popover.Dropdown p="xs" aria-label={filter.label}>
        <Fields filter={filter} onDone={() => onOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  )
}

function clear(filter: ListFilter) {
  if (filter.kind === 'values') filter.onChange([])
  else if (filter.kind === 'time') filter.onChange({})
  else filter.onChange(undefined)
}

function Fields({ filter, onDone }: { filter: Exclude<ListFilter, { kind: 'given' }>; onDone: () => void }) {
  if (filter.kind === 'values') {
    const { label, choices, chosen, onChange } = filter
    return <ChoiceList name={label} choices={choices} chosen={chosen} onChange={onChange} />
  }
  if (filter.kind === 'time') {
    const { label, from, to, onChange } = filter
    return <MomentFields name={label} {...(from && { from })} {...(to && { to })} onChange={onChange} onDone={onDone} />
  }
  const { label, choices, chosen, onChange } = filter
  return (
    <Radio.Group aria-label={label} value={chosen ?? null} onChange={onChange} className={css.one}>
      <Stack gap={8}>
        {choices.map((choice) => (
          <Radio key={choice.value} size="xs" value={choice.value} label={choice.label} />
        ))}
      </Stack>
    </Radio.Group>
  )
}

/** What the chip says: the first values, or the span. */
function useSummary(filter: ListFilter): string {
  const { t } = useTranslation('ui')
  const format = useFormat()
  if (filter.kind === 'given') return filter.value ?? ''
  if (filter.kind === 'time') {
    const say = (at: string) => format.date(at, 'short')
    const { from, to } = filter
    if (from && to) return t('range.between', { from: say(from), to: say(to) })
    if (from) return t('range.since', { from: say(from) })
    return to ? t('range.until', { to: say(to) }) : ''
  }
  const labelOf = (value: string) => filter.choices.find((choice) => choice.value === value)?.label ?? value
  if (filter.kind === 'one') return filter.chosen === undefined ? '' : labelOf(filter.chosen)
  const [first = '', ...others] = filter.chosen.map(labelOf)
  return others.length > 1 ? t('choice.more', { first, count: others.length }) : [first, ...others].join(', ')
}

/** Milliseconds of rest after which what was typed is asked for. */
const restMs = 250

export type Find = { label: string; value: string | undefined; onChange: (text: string) => void }

/** What is typed is in the address a moment later. */
export function FindField({ label, value, onChange }: Find) {
  const field = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(value ?? '')
  const ask = useDebouncedCallback((typed: string) => onChange(typed.trim()), { delay: restMs, flushOnUnmount: false })
  useKeys({ filter: () => field.current?.focus() })
  return (
    <TextInput
      ref={field}
      type="search"
      className={css.find}
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={14} aria-hidden />}
      maxLength={200}
      value={text}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value)
        ask(currentTarget.value)
      }}
    />
  )
}
