import Cloud
import CloudTrail
import Console
import FrontDoor
import Identity
import Logging
import SWF

/// Puts the console into the house: its calls, and what it may ask of the services beyond their APIs.
enum ConsolePages {
  static func console(
    _ configuration: ServerConfiguration, trails: CloudTrailService, services: [ServiceDefinition], store: Store,
    clock: CloudClock,
    random: RandomSource, authorizer: Authorizer, ledger: DecisionLedger, logger: Logger
  ) -> Console {
    let calls = InternalCalls(
      services: services, store: store, random: random, authorizer: authorizer, ledger: ledger, logger: logger)
    let events: Console.EventSource = { filter in
      trails.liveEvents(
        LiveEventFilter(
          account: filter.account, member: filter.member, principal: filter.principal, action: filter.action,
          isDeniedOnly: filter.isDeniedOnly))
    }
    return Console(
      calls: calls, store: store, clock: clock, host: configuration.host, events: events
    ) { lists, scope in
      let waiting = await store.waiters(
        on: lists.map { SWFPollers.topic(kind(of: $0), domain: $0.domain, list: $0.name, in: scope) })
      return zip(lists, waiting).map { list, count in
        Console.Pollers(
          waiting: count,
          last: SWFPollers.lastPoll(kind(of: list), domain: list.domain, list: list.name, in: scope))
      }
    }
  }

  private static func kind(of list: TaskList) -> SWFPollers.Kind {
    switch list.kind {
    case .decision: .decision
    case .activity: .activity
    }
  }
}
