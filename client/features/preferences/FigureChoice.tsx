import { Select } from '@mantine/core'

type Props = {
  label: string
  description?: string
  value: number | null
  /** What null means. */
  none: string
  figures: readonly number[]
  nameOf: (figure: number) => string
  onChange: (figure: number | null) => void
}

/** One figure of a few, or none. A figure that was set elsewhere stands among them. */
export function FigureChoice({ label, description, value, none, figures, nameOf, onChange }: Props) {
  const all =
    value === null || figures.includes(value) ? figures : [...figures, value].sort((one, other) => one - other)
  return (
    <Select
      label={label}
      description={description}
      data={[{ value: '', label: none }, ...all.map((figure) => ({ value: String(figure), label: nameOf(figure) }))]}
      value={value === null ? '' : String(value)}
      allowDeselect={false}
      onChange={(chosen) => chosen !== null && onChange(chosen === '' ? null : Number(chosen))}
    />
  )
}

export const revealFigures = [10, 20, 40, 60, 80, 120, 160, 240, 400] as const
export const minuteFigures = [20, 30, 45, 60, 90, 120] as const
export const itemFigures = [10, 20, 40, 60, 100] as const
