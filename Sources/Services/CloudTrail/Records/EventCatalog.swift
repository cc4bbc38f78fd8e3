import Cloud

/// How CloudTrail sees every operation that is built, by service and name: the tables of contents of all services together.
struct EventCatalog: Sendable {
  private var events: [String: [String: AuditEvent]] = [:]
  private var globals: Set<String> = []

  init(_ services: [ServiceDefinition]) {
    for service in services {
      let name = service.model.signingName
      if service.isGlobal { globals.insert(name) }
      // S3 and S3 Control sign alike and share names; S3, which comes first, counts (``EventRecord/name`` tells them apart).
      for operation in service.operations.values where events[name]?[operation.name] == nil {
        events[name, default: [:]][operation.name] = operation.audit
      }
    }
  }

  /// How CloudTrail sees a recorded call. What an earlier version recorded of a service that is gone is management.
  func event(of entry: JournalEntry) -> AuditEvent {
    events[entry.service]?[entry.operation] ?? .management()
  }

  /// Whether a call was to a service with one endpoint for the world, whose events trails take only if they include global ones.
  func isGlobal(_ entry: JournalEntry) -> Bool {
    // AWS: CloudTrail user guide, "Global service events": STS's global endpoint is one too.
    globals.contains(entry.service) || entry.service == "sts" && entry.region == Region.usEast1.rawValue
  }
}
