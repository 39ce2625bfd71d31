import type { ReactNode } from 'react'
import css from './badges.module.css'
import { useFormat } from './format.ts'

/** Two letters in a well, the full name in the tooltip and for screen readers. */
function Tag({ name, children }: { name: string; children: ReactNode }) {
  return (
    <span className={css.tag} title={name}>
      <span aria-hidden>{children}</span>
      <span className="vh">{name}</span>
    </span>
  )
}

/** A language by its tag (BCP 47). Nothing when it is not known. */
export function LangTag({ code }: { code: string | null }) {
  const format = useFormat()
  return code ? <Tag name={format.language(code)}>{code.split('-')[0]!.toUpperCase()}</Tag> : null
}

const platforms: Record<string, [short: string, name: string]> = {
  vk: ['VK', 'VKontakte'],
  telegram: ['TG', 'Telegram'],
  tg: ['TG', 'Telegram'],
  x: ['X', 'X'],
  twitter: ['X', 'X (Twitter)'],
  youtube: ['YT', 'YouTube'],
  yt: ['YT', 'YouTube'],
  ok: ['OK', 'Odnoklassniki'],
  facebook: ['FB', 'Facebook'],
  instagram: ['IG', 'Instagram'],
  tiktok: ['TT', 'TikTok'],
  reddit: ['RD', 'Reddit'],
  forum: ['FR', 'Forum'],
  email: ['EM', 'E-mail'],
  news: ['NW', 'News site'],
  chatbot: ['CB', 'Chatbot'],
  social: ['SO', 'Social network'],
}

/** Name of a platform; one that nobody told us about keeps the name its sender gave it. */
export function platformName(platform: string) {
  return platforms[platform]?.[1] ?? platform
}

export function PlatformTag({ platform }: { platform: string }) {
  const short = platforms[platform]?.[0] ?? platform.slice(0, 2).toUpperCase()
  return <Tag name={platformName(platform)}>{short}</Tag>
}
