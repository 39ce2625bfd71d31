import type { FirstPolicy } from './first-set.ts'

const dsaCategory = 'STATEMENT_CATEGORY_RISK_FOR_PUBLIC_SECURITY'
const terrorist = ['KEYWORD_TERRORIST_CONTENT']
const terroristOrBanned = ['KEYWORD_TERRORIST_CONTENT', 'KEYWORD_ILLEGAL_ORGANIZATIONS']
const recruitmentSigns = ['Invitation link or contact of a group', 'Vetting questions', 'Travel help']

const glorification = {
  label: 'Glorification',
  description: 'Praises, celebrates or justifies terrorist acts or their perpetrators after the fact.',
  signs: [
    'Martyr or saint imagery for perpetrators',
    'Anniversary celebration',
    'Scoreboard of victims',
    'A coded term together with a named attack or perpetrator',
  ],
  notThis: [
    'Condemnation that shows the same image',
    'Neutral biography',
    'A religious term on its own: many are words of theology as well',
  ],
  usualMeasures: ['Remove the post', 'Limit the account'],
  tco: '2(7)(a)',
  dsaCategory,
  dsaKeywords: terrorist,
}

/**
 * Terrorist content as Regulation (EU) 2021/784 defines it, or tied to an entity on a list the service follows.
 *
 * Ids, labels, descriptions, signs and limits are those of "Policy taxonomy: violent extremism and terrorist content",
 * version 1, a design proposal that draws on the regulation, the DSA's statement codes, the tiers of Tech Against
 * Terrorism's TCAP and the terms of ISD and GIFCT. Second wordings and measures are ours.
 */
export const terroristClauses: FirstPolicy[] = [
  {
    id: 'tve.threat-to-life',
    code: '1.1',
    shortName: 'Threat to life',
    severity: 'critical',
    versions: [
      {
        label: 'Imminent threat to life',
        description:
          'A specific, credible statement that terrorist or extremist violence is about to happen or is happening.',
        signs: ['Time, place or target named', 'Weapon or travel shown', 'Live broadcast of an attack'],
        notThis: ['Figure of speech', 'Old threat re-reported by news'],
        usualMeasures: ['Remove the post', 'Preserve the evidence', 'Escalate'],
        alert: 'Law enforcement at once: TCO Art. 14(5), DSA Art. 18',
        tco: '2(7)(e)',
        dsaCategory,
        dsaKeywords: terrorist,
      },
    ],
  },
  {
    id: 'tve.perpetrator-content',
    code: '2.1',
    shortName: 'Perpetrator',
    severity: 'critical',
    versions: [
      {
        label: 'Perpetrator content',
        description:
          'Manifesto, livestream or statement made by the perpetrator of an attack, also excerpts, edits, translations and audio versions.',
        signs: ['Matches an incident hash', 'First-person footage of an attack'],
        notThis: ['News with short, needed excerpts and without praise', 'Court or inquiry record'],
        usualMeasures: ['Remove the post', 'Limit the account', 'Add the media to the hash list'],
        tco: '2(7)(a)',
        dsaCategory,
        dsaKeywords: terrorist,
      },
    ],
  },
  {
    id: 'tve.incitement',
    code: '2.2',
    shortName: 'Incitement',
    severity: 'critical',
    versions: [
      {
        label: 'Incitement to a terrorist offence',
        description:
          'Advocates committing terrorist offences, directly or by implication, so that there is a danger one is committed.',
        signs: ['Call to attack a group, place or person for a political or religious aim'],
        notThis: ['Support of a cause without violence'],
        usualMeasures: ['Remove the post', 'Terminate the account'],
        tco: '2(7)(a)',
        dsaCategory,
        dsaKeywords: terrorist,
      },
    ],
  },
  {
    id: 'tve.glorification',
    code: '2.3',
    shortName: 'Glorification',
    severity: 'high',
    versions: [
      { ...glorification, signs: glorification.signs.slice(0, 3), notThis: glorification.notThis.slice(0, 2) },
      { ...glorification, change: 'Coded terms count only together with an attack or a perpetrator' },
    ],
  },
  {
    id: 'tve.solicitation',
    code: '2.4',
    shortName: 'Solicitation',
    severity: 'critical',
    versions: [
      {
        label: 'Soliciting an offence or help for one',
        description: 'Asks a person or group to commit or contribute to a terrorist offence.',
        signs: ['Offer of money or reward for an attack', 'Search for helpers, drivers, safe houses'],
        usualMeasures: ['Remove the post', 'Terminate the account'],
        alert: 'Law enforcement where there is a threat to life',
        tco: '2(7)(b)',
        dsaCategory,
        dsaKeywords: terrorist,
      },
    ],
  },
  {
    id: 'tve.recruitment',
    code: '2.5',
    shortName: 'Recruitment',
    severity: 'critical',
    versions: [
      {
        label: 'Recruitment',
        description:
          'Asks people to join or take part in a terrorist group, or moves them to a place where that is done.',
        signs: recruitmentSigns,
        notThis: ['Reporting on recruitment'],
        usualMeasures: ['Remove the post', 'Terminate the account'],
        tco: '2(7)(c)',
        dsaCategory,
        dsaKeywords: terroristOrBanned,
      },
      {
        label: 'Recruitment',
        description:
          'Asks people to join or take part in a terrorist group, moves them to a place where that is done, or announces one’s own travel to do so.',
        signs: [
          ...recruitmentSigns,
          'Identity documents destroyed on camera together with a statement of joining; the photograph alone is not enough',
        ],
        notThis: ['Reporting on recruitment', 'Travel to a region without a link to a group'],
        usualMeasures: ['Remove the post', 'Block the account', 'Terminate the account'],
        tco: '2(7)(c)',
        dsaCategory,
        dsaKeywords: terroristOrBanned,
        change: 'Adds one’s own travel; destroyed documents count as a sign',
      },
    ],
  },
  {
    id: 'tve.instruction-weapons',
    code: '2.6',
    shortName: 'Weapons how-to',
    severity: 'critical',
    versions: [
      {
        label: 'Instruction: weapons, explosives, substances',
        description:
          'Tells how to make or use explosives, firearms, other weapons or noxious substances for a terrorist purpose.',
        signs: ['Recipe, plan or file for a device', 'Handbook of a group'],
        notThis: ['School chemistry', 'Lawful sport shooting; for sales see 3.4'],
        usualMeasures: ['Remove the post', 'Terminate the account', 'Add the media to the hash list'],
        tco: '2(7)(d)',
        dsaCategory,
        dsaKeywords: terrorist,
      },
    ],
  },
  {
    id: 'tve.instruction-tactics',
    code: '2.7',
    shortName: 'Tactics how-to',
    severity: 'high',
    versions: [
      {
        label: 'Instruction: tactics and security',
        description: 'Tells how to choose targets, carry out attacks, avoid detection or finance a group.',
        signs: ['Operational security guide under a group brand'],
        notThis: ['Privacy advice for the public'],
        usualMeasures: ['Remove the post', 'Limit the account'],
        tco: '2(7)(d)',
        dsaCategory,
        dsaKeywords: terrorist,
      },
    ],
  },
  {
    id: 'tve.threat',
    code: '2.8',
    shortName: 'Terrorist threat',
    severity: 'high',
    versions: [
      {
        label: 'Threat of a terrorist offence',
        description: 'Threatens to commit a terrorist offence, not imminent or not specific.',
        signs: ['Conditional threat with a political demand'],
        usualMeasures: ['Remove the post', 'Limit the account'],
        alert: 'DSA Art. 18 where a threat to life is suspected',
        tco: '2(7)(e)',
        dsaCategory,
        dsaKeywords: terrorist,
      },
    ],
  },
  {
    id: 'tve.official-propaganda',
    code: '2.9',
    shortName: 'Propaganda',
    severity: 'high',
    versions: [
      {
        label: 'Official propaganda',
        description: 'Made or branded by a terrorist entity on a list the service follows.',
        signs: ['Outlet logo, nasheed, magazine layout', 'Known hash'],
        notThis: ['Logo inside a news report'],
        usualMeasures: ['Remove the post', 'Limit the account', 'Add the media to the hash list'],
        tco: '2(7)(a) or (c) when its test is met',
        dsaCategory,
        dsaKeywords: terroristOrBanned,
      },
    ],
  },
  {
    id: 'tve.supporter-media',
    code: '2.10',
    shortName: 'Supporter media',
    severity: 'medium',
    versions: [
      {
        label: 'Unofficial media and supporter material',
        description: 'Made by supporters or unofficial outlets of a listed entity to spread its message.',
        signs: ['Reposted official clips with new branding', 'Fan edit'],
        notThis: ['Use of a flag in another sense'],
        usualMeasures: ['Remove the post'],
        tco: '2(7)(a) or (c) when its test is met',
        dsaCategory,
        dsaKeywords: terroristOrBanned,
      },
    ],
  },
  {
    id: 'tve.entity-presence',
    code: '2.11',
    shortName: 'Entity presence',
    severity: 'high',
    versions: [
      {
        label: 'Presence of an entity',
        description: 'Account, group, channel or site run by or for a terrorist or banned violent organisation.',
        signs: ['Claims to speak for the entity', 'Linked beacon channel'],
        notThis: ['Researcher archive, commentary account'],
        usualMeasures: ['Terminate the account', 'Preserve the evidence'],
        dsaCategory,
        dsaKeywords: ['KEYWORD_ILLEGAL_ORGANIZATIONS', 'KEYWORD_TERRORIST_CONTENT'],
      },
    ],
  },
  {
    id: 'tve.financing',
    code: '2.12',
    shortName: 'Financing',
    severity: 'high',
    versions: [
      {
        label: 'Financing and material support',
        description: 'Collects or offers money, crypto-assets, goods or services for a terrorist entity or act.',
        signs: ['Wallet address, QR code, charity front'],
        notThis: ['Humanitarian appeal without link to an entity'],
        usualMeasures: ['Remove the post', 'Terminate the account', 'Stop monetisation'],
        alert: 'Financial intelligence duties are national law: ask counsel',
        tco: '2(7)(b) where it solicits a contribution to an offence; else outside the definition',
        dsaCategory,
        dsaKeywords: terroristOrBanned,
      },
    ],
  },
  {
    id: 'tve.link-out',
    code: '2.13',
    shortName: 'Link elsewhere',
    severity: 'medium',
    versions: [
      {
        label: 'Link to terrorist content elsewhere',
        description: 'Points to terrorist content held on another service.',
        signs: ['Link list, file share, mirror'],
        notThis: ['Citation in research or news'],
        usualMeasures: ['Remove the post', 'Share the signal'],
        dsaCategory,
        dsaKeywords: terrorist,
      },
    ],
  },
]
