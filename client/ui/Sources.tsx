import {
  type Icon,
  IconFlag,
  IconGavel,
  IconHash,
  IconRobot,
  IconShieldCheck,
  IconUserExclamation,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

export type Source =
  | 'removal_order'
  | 'hash_match'
  | 'trusted_flagger'
  | 'user_report'
  | 'classifier'
  | 'own_initiative'

export const sourceIcon: Record<Source, Icon> = {
  removal_order: IconGavel,
  hash_match: IconHash,
  trusted_flagger: IconShieldCheck,
  user_report: IconFlag,
  classifier: IconRobot,
  own_initiative: IconUserExclamation,
}

/** Where the flags came from, one glyph a kind. */
export function Sources({ of }: { of: readonly Source[] }) {
  const { t } = useTranslation('ui')
  return (
    <span className="row4 t3">
      {of.map((source) => {
        const Glyph = sourceIcon[source]
        const name = t(`source.${source}`)
        return (
          <Glyph key={source} size={13} stroke={1.8} role="img" aria-label={name}>
            <title>{name}</title>
          </Glyph>
        )
      })}
    </span>
  )
}
