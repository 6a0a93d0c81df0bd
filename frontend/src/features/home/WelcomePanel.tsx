import { useState } from 'react'
import type { Project } from '@/api/types'
import { t } from '@/i18n'
import { useMe } from '@/routing/useMe'
import { Button, IconButton } from '@/ui/Button'
import { Play, Plus, X } from '@/ui/icons'
import { LinkButton } from '@/ui/LinkButton'

const STEPS = [
  {
    title: t('Say what to draw'),
    text: t('An ontology names the classes, their colours and keys.'),
  },
  {
    title: t('Upload images'),
    text: t('Drop photographs, folders or zips anywhere on the project.'),
  },
  { title: t('Label and export'), text: t('Masks leave as COCO, PNG or NDJSON, pixel for pixel.') },
] as const

function storageKey(userId: string): string {
  return `maskwright.welcomed.${userId}`
}

interface WelcomePanelProps {
  /** A project to try things out on, where there is one. */
  demo: Project | null
  onCreate: () => void
}

/** What this is and where to begin; shown until it is dismissed. */
export function WelcomePanel({ demo, onCreate }: WelcomePanelProps) {
  const me = useMe()
  const [isOpen, setOpen] = useState(() => localStorage.getItem(storageKey(me.user.id)) === null)
  if (!isOpen) return null
  return (
    <section className="home-welcome" aria-label={t('Welcome')}>
      <div className="home-welcome__head">
        <div>
          <h2 className="home-welcome__title">{t('Welcome to Maskwright')}</h2>
          <p className="home-welcome__lead">
            {t('Your team draws segmentation masks here; everything stays on your own machines.')}
          </p>
        </div>
        <IconButton
          label={t('Dismiss welcome')}
          icon={<X />}
          onPress={() => {
            localStorage.setItem(storageKey(me.user.id), new Date().toISOString())
            setOpen(false)
          }}
        />
      </div>
      <ol className="home-welcome__steps">
        {STEPS.map((step, index) => (
          <li key={step.title} className="home-welcome__step">
            <span className="home-welcome__number">{index + 1}</span>
            <div>
              <h3 className="home-welcome__name">{step.title}</h3>
              <p className="home-welcome__text">{step.text}</p>
            </div>
          </li>
        ))}
      </ol>
      <div className="home-welcome__actions">
        {demo !== null && (
          <LinkButton
            to="/projects/$projectId/label"
            params={{ projectId: demo.id }}
            variant="primary"
            icon={<Play />}
          >
            {t('Try it on {demo}', { demo: demo.name })}
          </LinkButton>
        )}
        <Button icon={<Plus />} onPress={onCreate}>
          {t('Create your own project')}
        </Button>
      </div>
    </section>
  )
}
