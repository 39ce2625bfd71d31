import { IconFilter, IconX } from '@tabler/icons-react'
import type { ComponentProps } from 'react'
import { useTranslation } from 'react-i18next'
import css from './FilterChip.module.css'

type Props = Omit<ComponentProps<'button'>, 'value' | 'name'> & {
  name: string
  value: string
  /** Without it the filter cannot be taken away, only changed. */
  onRemove?: (() => void) | undefined
  /** There is nothing to change about it. */
  isFixed?: boolean
}

/** A filter in force: press it to change it, the cross to drop it. Wrap it in a `Menu.Target` or `Popover.Target`. */
export function FilterChip({ name, value, onRemove, isFixed = false, ref, ...button }: Props) {
  const { t } = useTranslation('ui')
  return (
    <span className={css.chip}>
      {isFixed ? (
        <span className={css.fixed}>
          {name} <b>{value}</b>
        </span>
      ) : (
        <button type="button" ref={ref} {...button}>
          {name} <b>{value}</b>
        </button>
      )}
      {onRemove ? (
        <button type="button" className={css.cross} aria-label={t('filter.remove', { name })} onClick={onRemove}>
          <IconX size={12} aria-hidden />
        </button>
      ) : null}
    </span>
  )
}

/** The dashed chip that adds a filter. */
export function AddFilter({ children, ref, ...button }: ComponentProps<'button'>) {
  const { t } = useTranslation('ui')
  return (
    <span className={css.chip} data-add>
      <button type="button" ref={ref} {...button}>
        <IconFilter size={12} aria-hidden />
        {children ?? t('filter.add')}
      </button>
    </span>
  )
}
