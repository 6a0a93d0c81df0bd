import './projects.css'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { changeProject, deleteProject, projectQuery } from '@/api/projects'
import type { Project, ProjectChange } from '@/api/types'
import { InstructionsField } from '@/features/instructions'
import { plural, t } from '@/i18n'
import { useProjectId } from '@/routing/useProjectId'
import { Button } from '@/ui/Button'
import { ConfirmDialog } from '@/ui/Dialog'
import { NumberField, TextField } from '@/ui/Field'
import { Archive, ArchiveRestore, Trash2 } from '@/ui/icons'
import { ProblemMessage } from '@/ui/Message'
import { Card, Page, Section } from '@/ui/Page'
import { toast } from '@/ui/Toast'
import { AnonymityForm } from './AnonymityForm'
import { CoverageForm } from './CoverageForm'

const LEASE_MINUTES = { least: 1, most: 24 * 60 }

function useChange(project: Project, doneWords: string) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (change: ProjectChange) => changeProject(project.id, change),
    onSuccess: async (changed) => {
      queryClient.setQueryData(projectQuery(project.id).queryKey, changed)
      toast(doneWords)
      await queryClient.invalidateQueries({ queryKey: ['projects'] })
    },
  })
}

function GeneralForm({ project }: { project: Project }) {
  const [name, setName] = useState(project.name)
  const [description, setDescription] = useState(project.description)
  const [instructions, setInstructions] = useState(project.instructions)
  const [leaseMinutes, setLeaseMinutes] = useState(Math.round(project.lease_seconds / 60))
  const saving = useChange(project, t('Settings saved'))
  const change: ProjectChange = {
    name: name.trim(),
    description: description.trim(),
    instructions,
    lease_seconds: leaseMinutes * 60,
  }
  const isChanged =
    change.name !== project.name ||
    change.description !== project.description ||
    change.instructions !== project.instructions ||
    change.lease_seconds !== project.lease_seconds
  return (
    <form
      className="settings-form"
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        saving.mutate(change)
      }}
    >
      <ProblemMessage error={saving.error} />
      <TextField label={t('Name')} maxLength={200} value={name} onChange={setName} />
      <TextField label={t('Description')} value={description} onChange={setDescription} />
      <InstructionsField projectId={project.id} value={instructions} onChange={setInstructions} />
      <div className="settings-form__short">
        <NumberField
          label={t('Lease time')}
          unit="min"
          description={t(
            'An image that nobody works on goes back to the queue after this time. Drafts are kept.',
          )}
          minValue={LEASE_MINUTES.least}
          maxValue={LEASE_MINUTES.most}
          value={leaseMinutes}
          onChange={(minutes) => {
            if (!Number.isNaN(minutes)) setLeaseMinutes(minutes)
          }}
        />
      </div>
      <Button
        type="submit"
        variant="primary"
        isPending={saving.isPending}
        isDisabled={!isChanged || change.name === ''}
      >
        {t('Save settings')}
      </Button>
    </form>
  )
}

function ArchiveRow({ project }: { project: Project }) {
  const isArchived = project.state === 'archived'
  const changing = useChange(project, isArchived ? t('Project restored') : t('Project archived'))
  return (
    <div className="settings-row">
      <div className="settings-row__words">
        <h3 className="settings-row__title">
          {isArchived ? t('Restore this project') : t('Archive this project')}
        </h3>
        <p>
          {isArchived
            ? t('Labeling and uploading can go on as before.')
            : t('No more labeling and uploading. Everything is kept and can be restored.')}
        </p>
        <ProblemMessage error={changing.error} />
      </div>
      <Button
        icon={isArchived ? <ArchiveRestore /> : <Archive />}
        isPending={changing.isPending}
        onPress={() => changing.mutate({ state: isArchived ? 'active' : 'archived' })}
      >
        {isArchived ? t('Restore project') : t('Archive project')}
      </Button>
    </div>
  )
}

function DeleteRow({ project }: { project: Project }) {
  const [isAsking, setAsking] = useState(false)
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const { counts } = project
  const deleting = useMutation({
    mutationFn: () => deleteProject(project.id),
    onSuccess: async () => {
      await navigate({ to: '/' })
      queryClient.removeQueries({ queryKey: ['project', project.id] })
      await queryClient.invalidateQueries({ queryKey: ['projects'] })
      toast(t('Project {project} deleted', { project: project.name }))
    },
  })
  const isArchived = project.state === 'archived'
  return (
    <div className="settings-row">
      <div className="settings-row__words">
        <h3 className="settings-row__title">{t('Delete this project')}</h3>
        <p>
          {isArchived
            ? t('Removes it with its images and labels.')
            : t('Archive it first. Only archived projects can be deleted.')}
        </p>
      </div>
      <Button
        variant="danger"
        icon={<Trash2 />}
        isDisabled={!isArchived}
        onPress={() => setAsking(true)}
      >
        {t('Delete project')}
      </Button>
      <ConfirmDialog
        title={t('Delete {project}?', { project: project.name })}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        action={t('Delete project')}
        isPending={deleting.isPending}
        onConfirm={() => deleting.mutate()}
      >
        <p>
          {t('{images} and {labels} go with it.', {
            images: plural(counts.assets, '{n} image', '{n} images'),
            labels: plural(counts.submitted, '{n} submitted label', '{n} submitted labels'),
          })}
        </p>
        <ProblemMessage error={deleting.error} />
      </ConfirmDialog>
    </div>
  )
}

function LabelRules({ project }: { project: Project }) {
  const saving = useChange(project, t('Settings saved'))
  return <CoverageForm project={project} saving={saving} />
}

function People({ project }: { project: Project }) {
  const saving = useChange(project, t('Settings saved'))
  return <AnonymityForm project={project} saving={saving} />
}

export function SettingsPage() {
  const { data: project } = useQuery(projectQuery(useProjectId()))
  if (project === undefined) return null
  return (
    <Page title={t('Settings')} context={project.name} width="narrow">
      <Section title={t('General')}>
        <Card>
          <GeneralForm key={project.id} project={project} />
        </Card>
      </Section>
      <Section title={t('Labels')}>
        <Card>
          <LabelRules key={project.id} project={project} />
        </Card>
      </Section>
      <Section title={t('People')}>
        <Card>
          <People key={project.id} project={project} />
        </Card>
      </Section>
      <Section title={t('End of work')}>
        <Card>
          <ArchiveRow project={project} />
          <DeleteRow project={project} />
        </Card>
      </Section>
    </Page>
  )
}
