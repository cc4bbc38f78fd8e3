import Foundation
import Wire

/// An expression of a query.
indirect enum QueryExpression: Sendable {
  enum Operator: String, Sendable {
    case and, or
    case equal = "=", unequal = "!=", less = "<", greater = ">", atMost = "<=", atLeast = ">="
    case add = "+", subtract = "-", multiply = "*", divide = "/", remainder = "%", power = "^"
  }

  case field(String)
  case literal(QueryValue)
  case regex(QueryRegex)
  case not(QueryExpression)
  case negative(QueryExpression)
  case binary(Operator, QueryExpression, QueryExpression)
  /// `like "text"`, `like /regex/`, `=~ /regex/`.
  case like(QueryExpression, QueryExpression)
  case isIn(QueryExpression, [QueryExpression])
  /// A function by its name in lower case.
  case call(QueryFunction, [QueryExpression])
}

/// Where an expression finds the values of fields.
protocol QueryFields {
  func value(_ name: String) -> QueryValue
}

extension QueryExpression {
  func value(_ fields: some QueryFields) -> QueryValue {
    switch self {
    case .field(let name): return fields.value(name)
    case .literal(let value): return value
    case .regex: return .missing
    case .not(let inner): return .bool(!inner.value(fields).isTrue)
    case .negative(let inner): return inner.value(fields).number.map { .number(-$0) } ?? .missing
    case .binary(let operation, let left, let right):
      return QueryExpression.binary(operation, left, right, fields)
    case .like(let left, let right):
      guard let text = left.value(fields).text else { return .bool(false) }
      if case .regex(let regex) = right { return .bool(regex.matches(text)) }
      return .bool(right.value(fields).text.map { text.contains($0) } ?? false)
    case .isIn(let left, let list):
      let value = left.value(fields)
      return .bool(list.contains { QueryValue.equals(value, $0.value(fields)) })
    case .call(let function, let arguments):
      return function.value(arguments, fields)
    }
  }

  private static func binary(
    _ operation: Operator, _ left: QueryExpression, _ right: QueryExpression, _ fields: some QueryFields
  ) -> QueryValue {
    switch operation {
    case .and: return .bool(left.value(fields).isTrue && right.value(fields).isTrue)
    case .or: return .bool(left.value(fields).isTrue || right.value(fields).isTrue)
    default: break
    }
    let (first, second) = (left.value(fields), right.value(fields))
    switch operation {
    case .equal: return .bool(QueryValue.equals(first, second))
    // unverified: that a field which an event lacks is unequal to everything.
    case .unequal: return .bool(!QueryValue.equals(first, second))
    case .less, .greater, .atMost, .atLeast:
      guard !first.isMissing, !second.isMissing else { return .bool(false) }
      switch operation {
      case .less: return .bool(QueryValue.precedes(first, second))
      case .greater: return .bool(QueryValue.precedes(second, first))
      case .atMost: return .bool(!QueryValue.precedes(second, first))
      default: return .bool(!QueryValue.precedes(first, second))
      }
    default: break
    }
    guard let first = first.number, let second = second.number else { return .missing }
    let result: Double =
      switch operation {
      case .add: first + second
      case .subtract: first - second
      case .multiply: first * second
      case .divide: second == 0 ? .nan : first / second
      case .remainder: second == 0 ? .nan : first.truncatingRemainder(dividingBy: second)
      default: pow(first, second)
      }
    return result.isFinite ? .number(result) : .missing
  }
}
