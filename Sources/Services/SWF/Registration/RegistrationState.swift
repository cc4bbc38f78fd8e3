/// Whether something registered may still be used for new executions and tasks.
enum RegistrationState: String, Codable, Sendable {
  case registered = "REGISTERED"
  case deprecated = "DEPRECATED"
}
