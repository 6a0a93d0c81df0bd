import { queryOptions } from '@tanstack/react-query'
import { body, client, done } from './client'
import type { Id, Schemas } from './types'

export type CourseKind = Schemas['CourseKind']
export type Course = Required<Schemas['CourseOut']>
export type SkillCourse = Required<Schemas['SkillCourseOut']>
export type CourseTry = Schemas['TryOut']
export type OwnCourse = Schemas['OwnCourseOut']

const ofProject = (projectId: Id) => ({ path: { project_id: projectId } })
const keyOf = (projectId: Id, part: string) => ['project', projectId, 'courses', part]

export const coursesQuery = (projectId: Id) =>
  queryOptions({
    queryKey: keyOf(projectId, 'settings'),
    queryFn: async ({ signal }) => {
      const path = '/api/v1/projects/{project_id}/courses'
      const { items, golds, for_skills } = await body(
        client.GET(path, { params: ofProject(projectId), signal }),
      )
      return { courses: items as Course[], golds, forSkills: for_skills as SkillCourse[] }
    },
  })

export type CourseWanted = Omit<Course, 'kind' | 'for_skill'>

/** Which course: training or exam of the project, or the one that stands before a skill's tasks. */
export type CourseKey = Pick<Course, 'kind' | 'for_skill'>

const querySaying = (forSkill: string | null) => (forSkill === null ? {} : { for_skill: forSkill })

export const saveCourse = (
  projectId: Id,
  { kind, for_skill }: CourseKey,
  { is_on, tasks, needed, tries, wait_hours, skill }: CourseWanted,
) =>
  body(
    client.PUT('/api/v1/projects/{project_id}/courses/{kind}', {
      params: { path: { project_id: projectId, kind }, query: querySaying(for_skill) },
      body: { is_on, tasks, needed, tries, wait_hours, skill },
    }),
  )

export const deleteSkillCourse = (projectId: Id, kind: CourseKind, skill: string) =>
  done(
    client.DELETE('/api/v1/projects/{project_id}/courses/{kind}', {
      params: { path: { project_id: projectId, kind }, query: { for_skill: skill } },
    }),
  )

/** From now on the next images are the course's. */
export const beginSkillCourse = (projectId: Id, skill: string) =>
  done(
    client.POST('/api/v1/projects/{project_id}/courses/begin', {
      params: ofProject(projectId),
      body: { skill },
    }),
  )

export const courseTriesQuery = (projectId: Id) =>
  queryOptions({
    queryKey: keyOf(projectId, 'tries'),
    queryFn: async ({ signal }) => {
      const path = '/api/v1/projects/{project_id}/course-tries'
      return (await body(client.GET(path, { params: ofProject(projectId), signal }))).items
    },
  })

const ofPerson = (projectId: Id, { kind, for_skill }: CourseKey, userId: Id) => ({
  params: {
    path: { project_id: projectId, kind, user_id: userId },
    query: querySaying(for_skill),
  },
})

export const letPass = (projectId: Id, course: CourseKey, userId: Id) =>
  done(
    client.POST(
      '/api/v1/projects/{project_id}/courses/{kind}/people/{user_id}/pass',
      ofPerson(projectId, course, userId),
    ),
  )

export const giveAnotherTry = (projectId: Id, course: CourseKey, userId: Id) =>
  done(
    client.POST(
      '/api/v1/projects/{project_id}/courses/{kind}/people/{user_id}/another-try',
      ofPerson(projectId, course, userId),
    ),
  )

/** Where the signed-in person stands, in the order in which courses come. */
export const ownCoursesQuery = (projectId: Id) =>
  queryOptions({
    queryKey: keyOf(projectId, 'mine'),
    queryFn: async ({ signal }) => {
      const path = '/api/v1/projects/{project_id}/course-standing'
      return (await body(client.GET(path, { params: ofProject(projectId), signal }))).items
    },
  })
