import { ActionIcon } from '@mantine/core'
import { IconChartBar, IconTable } from '@tabler/icons-react'
import { CatchBoundary } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Panel } from '#client/ui/Panel.tsx'
import css from './charts.module.css'

type Props = {
  title: string
  className?: string | undefined
  /** Beside the title: a legend, a choice. */
  side?: ReactNode
  chart: ReactNode
  /** The same figures in rows; a panel that is a table already has none. */
  table?: ReactNode
  /** What was drawn: another one is tried anew after a failure. */
  drawn: string
}

/** A chart with its table behind a button. Should one fail, the others stand. */
export function ChartPanel({ title, className, side, chart, table, drawn }: Props) {
  const { t } = useTranslation('reports')
  const [isTable, setTable] = useState(false)
  const Glyph = isTable ? IconChartBar : IconTable
  const words = t(isTable ? 'asChart' : 'asTable')
  return (
    <Panel
      title={title}
      {...(className && { className })}
      isFlush
      side={
        <>
          {side}
          {table ? (
            <ActionIcon
              aria-label={`${words}: ${title}`}
              title={words}
              aria-pressed={isTable}
              onClick={() => setTable(!isTable)}
            >
              <Glyph size={15} aria-hidden />
            </ActionIcon>
          ) : null}
        </>
      }
    >
      <CatchBoundary getResetKey={() => `${drawn} ${isTable}`} errorComponent={Failed}>
        {isTable ? (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls, and so the keyboard must reach it
          <section className={css.table} aria-label={t('tableOf', { title })} tabIndex={0}>
            {table}
          </section>
        ) : (
          chart
        )}
      </CatchBoundary>
    </Panel>
  )
}

function Failed() {
  const { t } = useTranslation('reports')
  return (
    <p role="alert" className={`sm ${css.failed}`}>
      {t('chartFailed')}
    </p>
  )
}
