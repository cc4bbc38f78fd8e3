import Cloud
import Wire

/// Who started whom: an execution, those above it up to the first, and those below it.
extension Console {
  /// The tree has at most so many executions; what is below the last of them isn't looked at.
  private static let largestFamily = 100

  /// `{"root": {"workflowId", "runId", "type", "status", "children": […]}, "isWhole"}`.
  func family(_ query: Query) async throws(AWSError) -> JSONValue {
    let name = try execution(query)
    // Up: parents are asked one by one, and one that is gone ends the way.
    var root = name
    var seen: Set<Timeline.ExecutionID> = [name.execution]
    while let parent = try? await read(root).timeline.parent, seen.insert(parent).inserted {
      var above = name
      above.execution = parent
      guard (try? await read(above).timeline.execution) != nil else { break }
      root = above
    }
    var left = Console.largestFamily - 1
    let tree = await node(root, &left)
    return .object([.init("root", tree), .init("isWhole", .bool(left > 0))])
  }

  private func node(_ name: HistoryShelf.Name, _ left: inout Int) async -> JSONValue {
    let timeline = (try? await read(name).timeline) ?? Timeline()
    var children: [JSONValue] = []
    for bar in timeline.bars where bar.kind == .child && left > 0 {
      left -= 1
      guard let workflowID = bar.workflowID, let runID = bar.runID else {
        children.append(Console.node(of: bar, children: []))
        continue
      }
      var child = name
      child.execution = Timeline.ExecutionID(workflowID: workflowID, runID: runID)
      children.append(await node(child, &left))
    }
    var members: [JSONValue.Member] = [
      .init("workflowId", .string(name.execution.workflowID)), .init("runId", .string(name.execution.runID)),
    ]
    if let execution = timeline.execution {
      members.append(.init("type", .string(execution.label)))
      members.append(.init("status", .string(execution.outcome.rawValue)))
    } else {
      members.append(.init("status", .string("no longer kept")))
    }
    members.append(.init("children", .array(children)))
    return .object(members)
  }

  /// A child that never came to run.
  private static func node(of bar: Bar, children: [JSONValue]) -> JSONValue {
    .object([
      .init("workflowId", .string(bar.label)), .init("type", .string(bar.lane)),
      .init("status", .string(bar.outcome.rawValue)), .init("children", .array(children)),
    ])
  }
}
