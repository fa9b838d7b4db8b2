#include "town/paper/paper.h"

namespace sonae::paper {

void Papers::add_operations(api::Catalogue& catalogue) {
  using api::Call;
  using api::FileAnswer;
  using enum api::Permission;
  catalogue.add(api::operation<PrintRequest, PrintAnswer>(
                    "paper.print_forms", {"受付票の印刷（番号を振る）", "Numbers for new paper forms"},
                    receive_people,
                    [this](Call& call, const PrintRequest& request) { return print(call, request); })
                    .writing());
  catalogue.add(
      api::operation<PhotographRequest, Recorded>(
          "paper.photograph", {"受付票の写真", "The photograph of a form"}, receive_people,
          [this](Call& call, const PhotographRequest& request) { return photograph(call, request); })
          .taking_file());
  catalogue.add(api::operation<FormsRequest, FormList>(
                    "paper.forms", {"写真の受付票の一覧", "Photographed forms"}, see_people,
                    [this](Call& call, const FormsRequest& request) { return forms(call, request); })
                    .openly());
  catalogue.add(api::operation<FormRequest, FileAnswer>(
                    "paper.picture", {"受付票の写真を見る", "See a form's photograph"}, see_people,
                    [this](Call& call, const FormRequest& request) { return picture(call, request); })
                    .giving_file());
  catalogue.add(api::operation<TypeRequest, Recorded>(
                    "paper.type_form", {"受付票を入力する", "Type a form's people"}, receive_people,
                    [this](Call& call, const TypeRequest& request) { return type(call, request); })
                    .writing());
  catalogue.add(api::operation<SettleRequest, Recorded>(
                    "paper.settle_form", {"受付票を入力せずに済ませる", "Settle a form without typing it"},
                    receive_people,
                    [this](Call& call, const SettleRequest& request) { return settle(call, request); })
                    .writing());
  catalogue.add(api::operation<ReopenRequest, Recorded>(
                    "paper.reopen_form", {"受付票を待ちに戻す", "Let a form wait again"}, receive_people,
                    [this](Call& call, const ReopenRequest& request) { return reopen(call, request); })
                    .writing());
}

}  // namespace sonae::paper
