export { CourseOffers } from './CourseOffers'
export { CourseRefusal, isCourseRefusal } from './CourseRefusal'
export { CoursesPanel } from './CoursesPanel'
export { OwnCourses } from './OwnCourses'
