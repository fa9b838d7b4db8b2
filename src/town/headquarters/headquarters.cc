#include "town/headquarters/headquarters.h"

#include "town/headquarters/inside.h"

namespace sonae::headquarters {

Headquarters::Headquarters(town::Town& town, access::Access& access, registry::Registry& registry,
                           reception::Reception& reception, matching::Matching& matching,
                           safety::Safety& safety)
    : inside_(new Inside{town, access, registry, reception, matching, safety,
                         reception::Vocabulary::open(town.env(), town.places().data,
                                                     town.directory() + "/tables", &town.tables())}) {}
Headquarters::~Headquarters() = default;

void add_operations(const std::shared_ptr<Headquarters>& headquarters, api::Catalogue& catalogue) {
  using api::Call;
  using enum api::Permission;
  catalogue.add(api::operation<CareRequest, CareAnswer>(
      "care.list", {"要支援者の確認", "Those who need care, and who of them is not reached"}, see_people,
      [headquarters](Call& call, const CareRequest& request) { return headquarters->care(call, request); }));
  catalogue.add(
      api::operation<SheetRequest, SheetAnswer>("care.sheet", {"班の訪問表", "A team's sheet"}, see_people,
                                                [headquarters](Call& call, const SheetRequest& request) {
                                                  return headquarters->sheet(call, request);
                                                }));
  catalogue.add(api::operation<api::Nothing, ImportReport>(
                    "care.import", {"要支援者名簿の取り込み", "Bring in a list of those who need care"},
                    decide_matches,
                    [headquarters](Call& call, const api::Nothing&) { return headquarters->import(call); })
                    .taking_file());
  catalogue.add(
      api::operation<Listed, Written>(
          "care.put_on_list", {"要支援者に加える", "Put on the list of those who need care"}, decide_matches,
          [headquarters](Call& call, const Listed& request) { return headquarters->list(call, request); })
          .writing());
  catalogue.add(api::operation<UnlistRequest, Written>(
                    "care.take_off_list", {"要支援者から外す", "Take off the list of those who need care"},
                    decide_matches,
                    [headquarters](Call& call, const UnlistRequest& request) {
                      return headquarters->unlist(call, request);
                    })
                    .writing());
  catalogue.add(api::operation<AssignRequest, Written>(
                    "care.assign", {"班に割り当てる", "Give to a team"}, receive_people,
                    [headquarters](Call& call, const AssignRequest& request) {
                      return headquarters->assign(call, request);
                    })
                    .writing());
  catalogue.add(api::operation<FindRequest, Written>("care.found", {"訪問の結果", "What a team found"},
                                                     receive_people,
                                                     [headquarters](Call& call, const FindRequest& request) {
                                                       return headquarters->find(call, request);
                                                     })
                    .writing());
  catalogue.add(api::operation<TakeBackRequest, Written>(
                    "care.take_back", {"訪問の結果を取り消す", "Take a finding back"}, receive_people,
                    [headquarters](Call& call, const TakeBackRequest& request) {
                      return headquarters->take_back(call, request);
                    })
                    .writing());
  catalogue.add(
      api::operation<TimelineRequest, Timeline>("timeline.list", {"時系列", "The timeline"}, see_people,
                                                [headquarters](Call& call, const TimelineRequest& request) {
                                                  return headquarters->timeline(call, request);
                                                })
          .openly());
  catalogue.add(api::operation<TimelineRequest, api::FileAnswer>(
                    "timeline.export", {"時系列の書き出し", "The timeline as a file"}, see_people,
                    [headquarters](Call& call, const TimelineRequest& request) {
                      return headquarters->export_timeline(call, request);
                    })
                    .giving_file());
}

}  // namespace sonae::headquarters
